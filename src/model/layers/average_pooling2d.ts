import type { Tensor4D } from '@tensorflow/tfjs-core'
import { avgPool, mul, pad4d, tensor4d } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'
import { pair, pooled, samePadding } from './window.ts'

/** How many of a padded window's places lie in the image, along one axis. */
const counts = (extent: number, window: number, stride: number): number[] => {
  const { before, steps } = samePadding(extent, window, stride)
  return Array.from({ length: steps }, (_, step) => {
    const start = step * stride - before
    return Math.min(start + window, extent) - Math.max(start, 0)
  })
}

/**
 * With `same`, what is added at the border does not count. tfjs' own kernels know that forward, but not in the gradient (cpu, wasm), so
 * here the image is padded, and each mean over a whole window scaled up to one over the image's part of it.
 */
const paddedAverage = (x: Tensor4D, window: [number, number], strides: [number, number]): Tensor4D => {
  const [, height, width] = x.shape
  const vertical = samePadding(height, window[0], strides[0])
  const horizontal = samePadding(width, window[1], strides[1])
  const padded = pad4d(x, [
    [0, 0],
    [vertical.before, vertical.after],
    [horizontal.before, horizontal.after],
    [0, 0],
  ])
  const rows = counts(height, window[0], strides[0])
  const columns = counts(width, window[1], strides[1])
  const factors = rows.flatMap((row) => columns.map((column) => (window[0] * window[1]) / (row * column)))
  return mul(avgPool(padded, window, strides, 'valid'), tensor4d(factors, [1, rows.length, columns.length, 1]))
}

/** Mean of each window: [h, w, c] → [h′, w′, c]. What `same` adds at the border does not count. Source: Keras AveragePooling2D. */
export const average_pooling2d: LayerRow<SpecOf<'average_pooling2d'>> = {
  takes: 'one',
  outputShape: pooled,
  forward: ({ spec: { pool_size, strides, padding }, inputs }) => {
    const x = only(inputs) as Tensor4D
    const step = pair(strides ?? pool_size)
    return { output: padding === 'same' ? paddedAverage(x, pair(pool_size), step) : avgPool(x, pair(pool_size), step, 'valid') }
  },
}
