import * as tf from '@tensorflow/tfjs-core'
import type { PoolAttributes } from '../ops/pool.ts'
import { computed } from './computed.ts'

type Axis = { windows: number; stride: number; before: number; window: number; extent: number }
/** The part of a window that lies on the image, along one axis. */
type Stretch = { first: number; count: number }
/** Places of one window in an image of whose values `rowStep` and `columnStep` part those of neighbouring rows and columns. */
type Places = { rows: number; columns: number; rowStep: number; columnStep: number }

/**
 * Gradient of max pooling by its input: each window's dy goes to its largest value, the first of equal ones, as in TensorFlow. The kernel of
 * tfjs-backend-wasm 4.22 finds none in a window without a positive value, and adds its dy to the first value of the whole tensor.
 */
export const maxPoolGradient = (dy: tf.Tensor4D, x: tf.Tensor4D, attributes: PoolAttributes): tf.Tensor4D => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes
  const info = tf.backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad, dimRoundingMode)
  return computed(x.shape, [x, dy], (dx, values, slopes) => {
    scatter({ x: values as Float32Array, dy: slopes as Float32Array, dx: dx.fill(0), info })
  }) as tf.Tensor4D
}

type Pool = { x: Float32Array; dy: Float32Array; dx: Float32Array; info: tf.backend_util.Conv2DInfo }

/** Adds each window's dy to dx where its largest value is: x and dx [n, h, w, c], dy [n, h′, w′, c]. */
const scatter = ({ x, dy, dx, info }: Pool): void => {
  const { batchSize, inChannels: channels, inHeight, inWidth, outHeight, outWidth, padInfo } = info
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info
  const down = stretches({ windows: outHeight, stride: strideHeight, before: padInfo.top, window: filterHeight, extent: inHeight })
  const right = stretches({ windows: outWidth, stride: strideWidth, before: padInfo.left, window: filterWidth, extent: inWidth })
  let from = 0
  for (let image = 0; image < batchSize; image++)
    for (const { first: row, count: rows } of down)
      for (const { first: column, count: columns } of right) {
        const corner = ((image * inHeight + row) * inWidth + column) * channels
        const places = { rows, columns, rowStep: inWidth * channels, columnStep: channels }
        for (let channel = 0; channel < channels; channel++, from++) {
          const at = largest(x, corner + channel, places)
          dx[at] = (dx[at] as number) + (dy[from] as number)
        }
      }
}

const stretches = ({ windows, stride, before, window, extent }: Axis): Stretch[] =>
  Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before
    const first = Math.max(0, start)
    return { first, count: Math.min(extent, start + window) - first }
  })

/** Index of the largest value of a window that starts at `start`; of equal ones the first, row by row. */
const largest = (x: Float32Array, start: number, { rows, columns, rowStep, columnStep }: Places): number => {
  let best = start
  for (let row = 0; row < rows; row++) {
    const end = start + row * rowStep + columns * columnStep
    for (let at = start + row * rowStep; at < end; at += columnStep) if ((x[at] as number) > (x[best] as number)) best = at
  }
  return best
}
