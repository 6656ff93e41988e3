import * as tf from '@tensorflow/tfjs-core'
import { elements } from '../../elements.ts'
import type { ConvolutionAttributes, Shape4D } from '../ops/filter_gradient.ts'

type Info = tf.backend_util.Conv2DInfo

/**
 * Gradient of a depthwise convolution by its filter [rows, columns, c, m]: for each place of the filter, what it saw times what came back, summed
 * over all windows of all images. x [n, h, w, c], dy [n, h′, w′, c · m].
 */
export const depthwiseFilterGradient = (
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  { filterShape, ...attributes }: ConvolutionAttributes & { filterShape: Shape4D },
): tf.Tensor4D => {
  const info = infoOf(x.shape, filterShape, attributes)
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels } = info
  const padded = tf.pad4d(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ])
  const back = tf.reshape(dy, [batchSize * outHeight * outWidth, inChannels, filterShape[3]])
  const taps = tapsOf(info).map(([row, column]) => {
    const end: Shape4D = [batchSize, row + span(outHeight, strideHeight), column + span(outWidth, strideWidth), inChannels]
    const seen = tf.stridedSlice(padded, [0, row, column, 0], end, [1, strideHeight, strideWidth, 1])
    return tf.sum(tf.mul(tf.reshape(seen, [-1, inChannels, 1]), back), 0)
  })
  return tf.reshape(tf.stack(taps), filterShape)
}

const infoOf = (xShape: Shape4D, filterShape: Shape4D, { strides, pad, dimRoundingMode }: ConvolutionAttributes): Info =>
  tf.backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad, dimRoundingMode, true, 'channelsLast')

/** Places of a filter, row by row. */
const tapsOf = ({ filterHeight, filterWidth }: Info): [row: number, column: number][] =>
  Array.from({ length: filterHeight * filterWidth }, (_, index) => [Math.floor(index / filterWidth), index % filterWidth])

/** Rows or columns from the first to the last that a place of the filter sees. */
const span = (windows: number, stride: number): number => (windows - 1) * stride + 1

/** Gradient of a depthwise convolution by its input [n, h, w, c]: each place of the filter gives back to what it saw. */
export const depthwiseInputGradient = (
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  { inputShape, ...attributes }: ConvolutionAttributes & { inputShape: Shape4D },
): tf.Tensor4D => {
  const info = infoOf(inputShape, filter.shape, attributes)
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels } = info
  const [height, width] = [inputShape[1] + padInfo.top + padInfo.bottom, inputShape[2] + padInfo.left + padInfo.right]
  const back = tf.reshape(dy, [batchSize * outHeight * outWidth, inChannels, filter.shape[3]])
  const given = tapsOf(info).map(([row, column]) => {
    const tap = tf.slice(filter, [row, column, 0, 0], [1, 1, inChannels, filter.shape[3]])
    const share = tf.sum(tf.mul(back, tf.reshape(tap, [1, inChannels, filter.shape[3]])), 2)
    const image = tf.reshape(share, [batchSize, outHeight, outWidth, inChannels]) as tf.Tensor4D
    const placed = apart(apart(image, 1, strideHeight), 2, strideWidth)
    const [rows, columns] = [placed.shape[1], placed.shape[2]]
    return tf.pad4d(placed, [
      [0, 0],
      [row, height - row - rows],
      [column, width - column - columns],
      [0, 0],
    ])
  })
  return tf.slice(tf.addN(given), [0, padInfo.top, padInfo.left, 0], inputShape)
}

/** Zeros between the lines of an axis of x, so that they are `stride` apart. */
const apart = (x: tf.Tensor4D, axis: 1 | 2, stride: number): tf.Tensor4D => {
  if (stride === 1) return x
  const lines = x.shape[axis]
  const [before, after] = [elements(x.shape.slice(0, axis)), elements(x.shape.slice(axis + 1))]
  const wide = tf.pad(tf.reshape(x, [before, lines, after]), [
    [0, 0],
    [0, 0],
    [0, (stride - 1) * (after as number)],
  ])
  const all = tf.reshape(wide, [before as number, lines * stride, after as number])
  const kept = tf.slice(all, [0, 0, 0], [before as number, span(lines, stride), after as number])
  const shape = x.shape.with(axis, span(lines, stride)) as Shape4D
  return tf.reshape(kept, shape)
}
