import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { biasGradient, identity, reluGradient } from '../../../src/engine/wasm/elementwise.ts'
import { loadWasm } from '../../../src/engine/wasm/load.ts'

beforeAll(loadWasm)

test('the gradient of ReLU is that of places whose value is positive: not of zero, nor of −0', async () => {
  const y = tf.tensor([1, 0, -0, -1, 1e-38, 1e-45, Number.POSITIVE_INFINITY, -1e-45])
  const dy = tf.tensor([1, 2, 3, 4, 5, 6, Number.NaN, 8])
  expect([...(await reluGradient(dy, y).data())]).toEqual([1, 0, 0, 0, 5, 6, Number.NaN, 0])
})

test('the gradient of a bias is summed over all axes but the last, in float64', async () => {
  const dy = tf.tensor([1e8, 1, 1, 2, -1e8, 3, 2, 4], [2, 2, 2])
  expect([...(await biasGradient(dy).data())]).toEqual([3, 10])
})

test('a copy of a handle shares its values, and outlives it', async () => {
  const x = tf.tensor([1, 2, 3])
  const copy = tf.clone(x)
  expect(copy.dataId).toBe(x.dataId)
  x.dispose()
  expect([...(await copy.data())]).toEqual([1, 2, 3])
  expect(identity(copy)).toMatchObject({ shape: [3], dtype: 'float32' })
})
