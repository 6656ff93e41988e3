import * as tf from '@tensorflow/tfjs-core'
import { computed } from './computed.ts'

export type Shape4D = [number, number, number, number]
export type ConvolutionAttributes = {
  strides: [number, number] | number
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
type Padding = [before: number, after: number]

/** Cuts rows or columns off where padding would be negative: `axis` 1 is height, 2 is width. */
const crop = (x: tf.Tensor4D, axis: 1 | 2, [before, after]: Padding): { x: tf.Tensor4D; padding: Padding } => {
  if (after >= 0) return { x, padding: [before, after] }
  const size = [...x.shape] as Shape4D
  size[axis] += after
  return { x: tf.slice(x, 0, size), padding: [before, 0] }
}

/** Output [batch, height, width, channels] of exactly the size that the paddings give; stride 1. */
const convolve = (x: tf.Tensor4D, filter: tf.Tensor4D, options: { height: Padding; width: Padding; dilations?: [number, number] }) => {
  const rows = crop(x, 1, options.height)
  const columns = crop(rows.x, 2, options.width)
  const padding: tf.backend_util.ExplicitPadding = [[0, 0], rows.padding, columns.padding, [0, 0]]
  return tf.conv2d(columns.x, filter, 1, padding, 'NHWC', options.dilations)
}

const infoOf = (xShape: Shape4D, filterShape: Shape4D, { strides, pad, dimRoundingMode }: ConvolutionAttributes) =>
  tf.backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad, dimRoundingMode, false, 'channelsLast')

/**
 * Gradient of a convolution by its filter, as a convolution: images become channels, so that one fast kernel sums over them.
 * dFilter[i, j, c, o] = Σ x[n, y·s + i − top, …, c] · dy[n, y, …, o]; the stride of the one is the dilation of the other.
 */
export const filterGradient = (x: tf.Tensor4D, dy: tf.Tensor4D, filterShape: Shape4D, attributes: ConvolutionAttributes): tf.Tensor4D => {
  const { padInfo, strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth } = infoOf(x.shape, filterShape, attributes)
  const [height, width] = filterShape
  const bottom = height + (outHeight - 1) * strideHeight - inHeight - padInfo.top
  const right = width + (outWidth - 1) * strideWidth - inWidth - padInfo.left
  const byChannel = convolve(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), {
    height: [padInfo.top, bottom],
    width: [padInfo.left, right],
    dilations: [strideHeight, strideWidth],
  })
  return tf.transpose(byChannel, [1, 2, 0, 3])
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
