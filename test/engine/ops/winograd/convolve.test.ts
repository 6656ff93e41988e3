import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { convolve } from '../../../../src/engine/ops/winograd/convolve.ts'
import { TILES } from '../../../../src/engine/ops/winograd/tiles.ts'
// The plain backend, with gradients.
import '@tensorflow/tfjs'
import { relativeDifference } from '../../../relative_difference.ts'

const wave = (shape: [number, number, number, number], phase: number): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, at) => Math.sin(at * 12.9898 + phase)),
    shape,
  )

type Convolution = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor
const direct: Convolution = (x, filter) => tf.conv2d(x, filter, 1, 'same')

/** Output, and the gradients by image and filter of a sum in which every output has another weight. */
const results = (convolution: Convolution, x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor[] => {
  const weights = wave([x.shape[0], x.shape[1], x.shape[2], filter.shape[3]], 3)
  const sum = (image: tf.Tensor, taps: tf.Tensor) => tf.sum(tf.mul(convolution(image as tf.Tensor4D, taps as tf.Tensor4D), weights))
  return [convolution(x, filter), ...tf.grads(sum)([x, filter])]
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const SIZES = [
  { batch: 2, height: 6, width: 6, channels: 8, filters: 5 },
  { batch: 3, height: 7, width: 4, channels: 2, filters: 3 },
  { batch: 1, height: 12, width: 12, channels: 16, filters: 4 },
  { batch: 1, height: 1, width: 3, channels: 1, filters: 1 },
]

describe.each(TILES)('with tiles of $m×$m', (tile) => {
  test.each(SIZES)('$height×$width, $channels → $filters: output and gradients are those of the direct sum', (size) => {
    const { batch, height, width, channels, filters } = size
    const [x, filter] = [wave([batch, height, width, channels], 1), wave([3, 3, channels, filters], 2)]
    const expected = results(direct, x, filter)
    for (const [index, value] of results((...args) => convolve(tile, ...args), x, filter).entries()) {
      expect(value.shape).toEqual(expected[index]?.shape)
      expect(relativeDifference(value.dataSync(), (expected[index] as tf.Tensor).dataSync())).toBeLessThan(1e-5)
    }
  })
})
