import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { convolution, convolveByProducts } from '../../../src/engine/ops/convolution.ts'
import { patchesAreFaster } from '../../../src/engine/ops/patches.ts'
// The plain backend, with gradients.
import '@tensorflow/tfjs'

type Shape4D = [number, number, number, number]

/** Small whole numbers, whose sums of products are exact in whatever order they are added. */
const whole = (shape: Shape4D, step: number): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => ((at * step) % 7) - 3),
    shape,
  )

/** Output, and the gradients by image and filter of a sum in which every output has another weight. */
const results = (x: tf.Tensor4D, filter: tf.Tensor4D, convolution: (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor): number[][] => {
  const sum = (image: tf.Tensor, taps: tf.Tensor) => {
    const y = convolution(image as tf.Tensor4D, taps as tf.Tensor4D)
    return tf.sum(tf.mul(y, whole(y.shape as Shape4D, 5)))
  }
  return [convolution(x, filter), ...tf.grads(sum)([x, filter])].map((tensor) => [...tensor.dataSync()])
}

beforeAll(async () => {
  await tf.setBackend('cpu')
  convolveByProducts('cpu')
})

const SIZES = [
  { x: [2, 2, 3, 4], filter: [3, 3, 4, 80], strides: [1, 1], padding: 'same' },
  { x: [3, 5, 1, 2], filter: [3, 3, 2, 25], strides: [1, 1], padding: 'same' },
  { x: [2, 6, 6, 4], filter: [3, 3, 4, 8], strides: [1, 1], padding: 'same' },
  { x: [1, 4, 3, 3], filter: [3, 3, 3, 80], strides: [1, 1], padding: 'valid' },
  { x: [1, 4, 2, 3], filter: [3, 3, 3, 60], strides: [2, 2], padding: 'same' },
  { x: [1, 4, 2, 3], filter: [1, 3, 3, 60], strides: [1, 1], padding: 'same' },
] as const

describe('in 16 bits', () => {
  test.each(SIZES)('$x with $filter, $strides, $padding: output and gradients are those of the direct sum', (size) => {
    const [x, filter] = [whole([...size.x], 3), whole([...size.filter], 2)]
    const { strides, padding } = size
    const expected = results(x, filter, (image, taps) => tf.conv2d(image, taps, [...strides], padding))
    expect(results(x, filter, (image, taps) => convolution(image, taps, { strides, padding, low: true }))).toEqual(expected)
  })

  test('small images with many filters have their gradients by patches', async () => {
    const kernels = async (size: (typeof SIZES)[number]) => {
      const [x, filter] = [whole([...size.x], 3), whole([...size.filter], 2)]
      const run = () => results(x, filter, (image, taps) => convolution(image, taps, { strides: [1, 1], padding: 'same', low: true }))
      const { kernelNames } = await tf.profile(() => {
        run()
        return tf.scalar(0)
      })
      return kernelNames
    }
    expect(await kernels(SIZES[0])).not.toContain('Conv2DBackpropFilter')
    expect(await kernels(SIZES[2])).toContain('Conv2DBackpropFilter')
  })
})

test.each([
  { width: 48, filters: 64, faster: false },
  { width: 24, filters: 128, faster: false },
  { width: 12, filters: 256, faster: false },
  { width: 6, filters: 512, faster: true },
  { width: 3, filters: 512, faster: true },
])('rows of $width pixels, $filters filters', ({ width, filters, faster }) => expect(patchesAreFaster({ width, filters })).toBe(faster))
