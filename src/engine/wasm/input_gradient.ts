import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionAttributes, convolve, infoOf, type Shape4D } from '../ops/filter_gradient.ts'
import { computed } from './computed.ts'

/** Gradient of a convolution by its input: a convolution of the spread-out dy with the filter back to front, channels swapped. */
export const inputGradient = (
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D => {
  const { padInfo, strideHeight, strideWidth, inHeight, inWidth } = infoOf(inputShape, filter.shape, attributes)
  const [height, width] = filter.shape
  const [top, left] = [height - 1 - padInfo.top, width - 1 - padInfo.left]
  const sparse = spread(dy, [strideHeight, strideWidth])
  return convolve(sparse, tf.transpose(backwards(filter), [0, 1, 3, 2]), {
    height: [top, inHeight + height - 1 - sparse.shape[1] - top],
    width: [left, inWidth + width - 1 - sparse.shape[2] - left],
  })
}

/** Puts `stride` − 1 zeros after every row and column. [b, h, w, c] → [b, h·sh, w·sw, c] */
const spread = (dy: tf.Tensor4D, [strideHeight, strideWidth]: [number, number]): tf.Tensor4D => {
  const [batch, height, width, channels] = dy.shape
  const pad = (x: tf.Tensor, count: number): tf.Tensor =>
    count === 0
      ? x
      : tf.pad(x, [
          [0, 0],
          [0, count],
          [0, 0],
        ])
  const rows = pad(tf.reshape(dy, [batch * height, 1, width * channels]), strideHeight - 1)
  const columns = pad(tf.reshape(rows, [batch * height * strideHeight * width, 1, channels]), strideWidth - 1)
  return tf.reshape(columns, [batch, height * strideHeight, width * strideWidth, channels])
}

/** The filter's rows and columns back to front, copied as blocks of memory: the backend's own `reverse` moves value by value. */
const backwards = (filter: tf.Tensor4D): tf.Tensor4D => {
  const [height, width, from, to] = filter.shape
  const [last, block] = [height * width - 1, from * to]
  return computed(filter.shape, [filter], (out, values) => {
    for (let at = 0; at <= last; at++) out.set(values.subarray(at * block, (at + 1) * block), (last - at) * block)
  }) as tf.Tensor4D
}
