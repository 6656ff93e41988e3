import type { GradSaveFunc, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { elements } from '../../elements.ts'
import { concat, conv2d, customGrad, engine, getBackend, pad, reshape, slice } from '../tfjs.ts'
import { filterGradientByPatches, patchesAreFaster } from './patches.ts'
import { chooseTile } from './winograd/choose_tile.ts'
import { convolve as convolveTiles } from './winograd/convolve.ts'

const byProducts = new Set<string>()

/**
 * Small images are convolved by products of matrices on this backend from now on, where that is faster. For processors, on which such
 * products are as fast as convolutions; on GPUs TensorFlow's own convolutions choose such ways themselves.
 */
export const convolveByProducts = (backendName: string): void => {
  byProducts.add(backendName)
}

/** Convolution of x [n, h, w, c] with filter [rows, columns, c, k] → [n, h′, w′, k]. */
export const convolution = (x: Tensor4D, filter: Tensor4D, options: Convolution): Tensor4D => {
  const direct = () => conv2d(x, filter, [...options.strides], options.padding)
  if (!byProducts.has(getBackend()) || !isSmallFilter(filter, options)) return direct()
  const [batch, height, width, channels] = x.shape
  const filters = filter.shape[3]
  if (options.low) return patchesAreFaster({ width, filters }) ? convolveWithPatches(x, filter) : direct()
  const tile = chooseTile({ batch, height, width, channels, filters })
  return tile ? convolveTiles(tile, x, filter) : direct()
}

const isSmallFilter = (filter: Tensor4D, { strides, padding }: Convolution): boolean =>
  filter.shape[0] === 3 && filter.shape[1] === 3 && padding === 'same' && strides[0] === 1 && strides[1] === 1

type Convolution = {
  strides: readonly [number, number]
  padding: 'same' | 'valid'
  /** Whether it is done in 16 bits: tiles need the precision of float32. */
  low: boolean
}

/** 3×3, stride 1, padding `same`: the convolution itself directly, its gradient by the filter by patches. */
const convolveWithPatches = (image: Tensor4D, taps: Tensor4D): Tensor4D =>
  customGrad((x, filter, save) => {
    ;(save as GradSaveFunc)([x as Tensor4D, filter as Tensor4D])
    return {
      value: conv2d(x as Tensor4D, filter as Tensor4D, 1, 'same'),
      gradFunc: (dy, [savedX, savedFilter]) => {
        const attributes = { inputShape: image.shape, strides: 1, pad: 'same', dataFormat: 'NHWC' }
        const dx = engine().runKernel('Conv2DBackpropInput', { dy, filter: savedFilter as Tensor4D }, attributes) as Tensor4D
        return [dx, filterGradientByPatches(savedX as Tensor4D, dy as Tensor4D)]
      },
    }
  })(image, taps) as Tensor4D

/**
 * The filter that looks at places so far apart, down and across, with zeros for those between: an ordinary convolution with it is the dilated
 * one, and every engine has its gradient.
 */
export const dilated = (filter: Tensor4D, [down, across]: readonly [number, number]): Tensor4D =>
  spread(spread(filter, 0, down), 1, across) as Tensor4D

/** Axis `axis` of a filter with `apart` − 1 zeros between its places. */
const spread = (filter: Tensor, axis: 0 | 1, apart: number): Tensor => {
  if (apart === 1) return filter
  const [before, extent, after] = [filter.shape.slice(0, axis), filter.shape[axis] as number, filter.shape.slice(axis + 1)]
  const lines = reshape(filter, [elements(before), extent, elements(after)])
  const wide = pad(lines, [
    [0, 0],
    [0, 0],
    [0, (apart - 1) * elements(after)],
  ] as [number, number][])
  const all = reshape(wide, [elements(before), extent * apart, elements(after)])
  const span = (extent - 1) * apart + 1
  return reshape(slice(all, [0, 0, 0], [elements(before), span, elements(after)]), [...before, span, ...after])
}

/** Convolution of each of `groups` parts of the channels with its part of the filters: filter [rows, columns, c / groups, k]. */
export const groupwise = (x: Tensor4D, filter: Tensor4D, { groups, ...options }: Convolution & { groups: number }): Tensor4D => {
  if (groups === 1) return convolution(x, filter, options)
  const parts = Array.from({ length: groups }, (_, index) => convolution(partOf(x, index, groups), partOf(filter, index, groups), options))
  return concat(parts, 3)
}

/** The i-th of equal parts of the last axis. */
const partOf = (x: Tensor4D, index: number, parts: number): Tensor4D => {
  const size = x.shape[3] / parts
  return slice(x, [0, 0, 0, index * size], [x.shape[0], x.shape[1], x.shape[2], size])
}
