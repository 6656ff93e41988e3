import * as tf from '@tensorflow/tfjs-core'

export type Shape4D = [number, number, number, number]
export type ConvolutionAttributes = {
  strides: [number, number] | number
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
type Padding = [before: number, after: number]

/** Output [batch, height, width, channels] of exactly the size that the paddings give; stride 1. */
export const convolve = (
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  options: { height: Padding; width: Padding; dilations?: [number, number] },
) => {
  const rows = crop(x, 1, options.height)
  const columns = crop(rows.x, 2, options.width)
  const padding: tf.backend_util.ExplicitPadding = [[0, 0], rows.padding, columns.padding, [0, 0]]
  return tf.conv2d(columns.x, filter, 1, padding, 'NHWC', options.dilations)
}

/** Cuts rows or columns off where padding would be negative: `axis` 1 is height, 2 is width. */
const crop = (x: tf.Tensor4D, axis: 1 | 2, [before, after]: Padding): { x: tf.Tensor4D; padding: Padding } => {
  if (after >= 0) return { x, padding: [before, after] }
  const size = [...x.shape] as Shape4D
  size[axis] += after
  return { x: tf.slice(x, 0, size), padding: [before, 0] }
}

export const infoOf = (xShape: Shape4D, filterShape: Shape4D, { strides, pad, dimRoundingMode }: ConvolutionAttributes) =>
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
