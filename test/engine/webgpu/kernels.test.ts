import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { relativeDifference } from '../../relative_difference.ts'
import { CONVOLUTIONS, convolutionGradients } from '../convolution_gradients.ts'
import { IMAGES, maxPoolGradients, POOLS } from '../max_pool_gradients.ts'
import { noDevice, onDevice } from './device.ts'

describe.skipIf(noDevice)(onDevice('on webgpu'), () => {
  describe('convolution gradients equal those of the plain backend', () => {
    test.each(CONVOLUTIONS)('$size, kernel $kernel, strides $strides, $pad', async (sizes) => {
      const [expected, actual] = [await convolutionGradients('cpu', sizes), await convolutionGradients('webgpu', sizes)]
      for (const [index, gradient] of actual.entries())
        expect(relativeDifference(gradient, expected[index] as Float32Array)).toBeLessThan(1e-5)
    })
  })

  describe.each(Object.entries(IMAGES))("gradient of max pooling of values %s equals the plain backend's", (_kind, value) => {
    test.each(POOLS)('$size, window $window, strides $strides, $pad', async (which) => {
      expect(await maxPoolGradients('webgpu', which, value)).toEqual(await maxPoolGradients('cpu', which, value))
    })
  })

  test('a clip keeps NaN, and the bounds of the rest', async () => {
    await tf.setBackend('webgpu')
    const clipped = tf.clipByValue([Number.NaN, -2, 0.25, Number.POSITIVE_INFINITY], -1, 1)
    expect([...(await clipped.data())]).toEqual([Number.NaN, -1, 0.25, 1])
  })

  test.each([tf.tensor([1, 0, 1, 1, 0, 1], [2, 3], 'bool'), tf.tensor([7, 0, 3, -2, 0, 1], [2, 3], 'int32')])(
    'what is cast from bool or int32 is of floats: %s',
    async (given) => {
      await tf.setBackend('webgpu')
      const values = [...given.dataSync()]
      const cast = tf.cast(tf.tensor(values, [2, 3], given.dtype), 'float32')
      expect([...(await cast.data())]).toEqual(values)
      expect(await tf.transpose(cast).array()).toEqual([0, 1, 2].map((at) => [values[at], values[at + 3]]))
    },
  )
})
