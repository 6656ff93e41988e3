import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { backends, loadBackends } from './backends.ts'

beforeAll(loadBackends)

/** Values by place: what they are decides which of a window is the largest. */
const IMAGES: Record<string, (at: number) => number> = {
  'of any sign': (at) => Math.sin(at * 12.9898),
  'all negative': (at) => -1 - Math.sin(at * 12.9898) ** 2,
  'all zero': () => 0,
  'of three values, so that many are equal': (at) => Math.round(Math.sin(at * 12.9898)),
  'that a ReLU has passed': (at) => Math.max(0, Math.sin(at * 12.9898) - 0.7),
}

type Case = { size: [number, number]; window: [number, number]; strides: [number, number]; pad: 'same' | 'valid' }

const filled = (shape: readonly number[], value: (at: number) => number): tf.Tensor => {
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, at) => value(at))
  return tf.tensor(values, [...shape])
}

/** Eighths: sums of them are exact, so that engines cannot differ by rounding. */
const eighths = (at: number) => 1 + (at % 8) / 8

/** dx of a pool, with a dy that differs from place to place. */
const gradient = async (backend: string, { size, window, strides, pad }: Case, value: (at: number) => number): Promise<number[]> => {
  await tf.setBackend(backend)
  return tf.tidy(() => {
    const total = (x: tf.Tensor) => {
      const y = tf.maxPool(x as tf.Tensor4D, window, strides, pad)
      return tf.sum(tf.mul(y, filled(y.shape, eighths)))
    }
    return [
      ...tf
        .grad(total)(filled([2, ...size, 3], value))
        .dataSync(),
    ]
  })
}

const cases: Case[] = [
  { size: [6, 6], window: [2, 2], strides: [2, 2], pad: 'valid' },
  { size: [7, 5], window: [2, 2], strides: [2, 2], pad: 'valid' },
  { size: [7, 5], window: [2, 2], strides: [2, 2], pad: 'same' },
  { size: [7, 8], window: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [7, 8], window: [3, 3], strides: [2, 2], pad: 'valid' },
  { size: [6, 6], window: [3, 3], strides: [1, 1], pad: 'same' },
  { size: [6, 6], window: [3, 2], strides: [1, 2], pad: 'valid' },
  { size: [8, 7], window: [2, 2], strides: [3, 3], pad: 'valid' },
  { size: [5, 5], window: [1, 1], strides: [2, 2], pad: 'same' },
  { size: [3, 3], window: [5, 4], strides: [2, 1], pad: 'same' },
  { size: [1, 1], window: [2, 2], strides: [2, 2], pad: 'same' },
]

describe.each(Object.keys(IMAGES))('gradient of max pooling of values %s equals', (kind) => {
  const value = IMAGES[kind] as (at: number) => number

  test.each(cases)("the plain backend's: $size, window $window, strides $strides, $pad", async (which) => {
    expect(await gradient('wasm', which, value)).toEqual(await gradient('cpu', which, value))
  })

  test.runIf(backends.includes('tensorflow')).each(cases)("TensorFlow's: $size, window $window, strides $strides, $pad", async (which) => {
    expect(await gradient('wasm', which, value)).toEqual(await gradient('tensorflow', which, value))
  })
})

test('of equal values the first has it all, row by row', async () => {
  const only: Case = { size: [2, 2], window: [2, 2], strides: [2, 2], pad: 'valid' }
  const dx = await gradient('wasm', only, () => -3)
  // Two images of three channels: [n, h, w, c]. dy is 1 and up, in eighths.
  expect(dx).toEqual([1, 1.125, 1.25, ...Array(9).fill(0), 1.375, 1.5, 1.625, ...Array(9).fill(0)])
})
