import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadWasm } from '../../../src/engine/wasm/load.ts'
import { relativeDifference } from '../../relative_difference.ts'
import { CONVOLUTIONS, convolutionGradients } from '../convolution_gradients.ts'

beforeAll(loadWasm)

describe('convolution gradients equal those of the plain backend', () => {
  test.each(CONVOLUTIONS)('$size, kernel $kernel, strides $strides, $pad', async (sizes) => {
    const [expected, actual] = [await convolutionGradients('cpu', sizes), await convolutionGradients('wasm', sizes)]
    for (const [index, gradient] of actual.entries())
      expect(relativeDifference(gradient, expected[index] as Float32Array)).toBeLessThan(1e-5)
  })
})

test('a clip keeps NaN, and the bounds of the rest', async () => {
  await tf.setBackend('wasm')
  const clipped = tf.clipByValue([Number.NaN, -2, 0.25, Number.POSITIVE_INFINITY], -1, 1)
  expect([...clipped.dataSync()]).toEqual([Number.NaN, -1, 0.25, 1])
})
