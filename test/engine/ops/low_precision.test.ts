import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lowered, raised, rounded } from '../../../src/engine/ops/low_precision.ts'
import { backends, loadBackends } from '../backends.ts'

beforeAll(loadBackends)

/** bfloat16 is the upper half of a float32: the nearest, of two the even one. */
const bfloat16 = (values: Float32Array): Float32Array => {
  const bits = new Uint32Array(values.slice().buffer)
  return new Float32Array(bits.map((word) => ((word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000) >>> 0).buffer)
}

const spread = Float32Array.from({ length: 4000 }, (_, at) => Math.sin(at * 12.9898) * 10 ** ((at % 61) / 2 - 15))

/** float16 by its definition: eleven significant bits, a fixed step below 2⁻¹⁴, infinite from 65520 on. */
const FLOAT16 = [
  [0, 0],
  [1, 1],
  [1 + 2 ** -11, 1],
  [1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [-0.1, -0.0999755859375],
  [65504, 65504],
  [65519.99, 65504],
  [65520, Number.POSITIVE_INFINITY],
  [-1e30, Number.NEGATIVE_INFINITY],
  [2 ** -14, 2 ** -14],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [3 * 2 ** -25, 2 ** -23],
  [1e-7, 2 ** -23],
] as const

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => tf.setBackend(backend))
  const valuesOf = (x: tf.Tensor) => x.dataSync() as Float32Array

  test('rounds to bfloat16', () => expect(valuesOf(rounded(tf.tensor1d(spread), 'bfloat16'))).toEqual(bfloat16(spread)))

  test('rounds to float16', () => {
    const result = valuesOf(rounded(tf.tensor1d(FLOAT16.map(([value]) => value)), 'float16'))
    expect([...result]).toEqual(FLOAT16.map(([, expected]) => expected))
  })

  test('rounds gradients on their way back', () => {
    const slope = tf.tensor1d([1 + 2 ** -10, 3])
    const gradient = tf.grad((x) => tf.sum(tf.mul(raised(lowered(x, 'bfloat16'), 'bfloat16'), slope)))(tf.tensor1d([1, 2]))
    expect([...valuesOf(gradient)]).toEqual([1, 3])
  })
})
