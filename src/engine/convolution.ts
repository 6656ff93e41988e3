import type { GradSaveFunc, Tensor4D } from '@tensorflow/tfjs-core'
import { filterGradientByPatches, patchesAreFaster } from './patches.ts'
import { conv2d as convolveDirectly, customGrad, engine, getBackend } from './tfjs.ts'
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
      value: convolveDirectly(x as Tensor4D, filter as Tensor4D, 1, 'same'),
      gradFunc: (dy, [savedX, savedFilter]) => {
        const attributes = { inputShape: image.shape, strides: 1, pad: 'same', dataFormat: 'NHWC' }
        const dx = engine().runKernel('Conv2DBackpropInput', { dy, filter: savedFilter as Tensor4D }, attributes) as Tensor4D
        return [dx, filterGradientByPatches(savedX as Tensor4D, dy as Tensor4D)]
      },
    }
  })(image, taps) as Tensor4D

const isSmallFilter = (filter: Tensor4D, { strides, padding }: Convolution): boolean =>
  filter.shape[0] === 3 && filter.shape[1] === 3 && padding === 'same' && strides[0] === 1 && strides[1] === 1

/** Convolution of x [n, h, w, c] with filter [rows, columns, c, k] → [n, h′, w′, k]. */
export const conv2d = (x: Tensor4D, filter: Tensor4D, options: Convolution): Tensor4D => {
  const direct = () => convolveDirectly(x, filter, [...options.strides], options.padding)
  if (!byProducts.has(getBackend()) || !isSmallFilter(filter, options)) return direct()
  const [batch, height, width, channels] = x.shape
  const filters = filter.shape[3]
  if (options.low) return patchesAreFaster({ width, filters }) ? convolveWithPatches(x, filter) : direct()
  const tile = chooseTile({ batch, height, width, channels, filters })
  return tile ? convolveTiles(tile, x, filter) : direct()
}
