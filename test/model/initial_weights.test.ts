import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Initializer } from '../../schema/recipe.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { initializers } from '../../src/model/initializers.ts'
import { randomOf } from '../../src/random.ts'
import golden from '../golden/initializers.json' with { type: 'json' }
import { BASE_CNN, networkOf, VGG16_NET } from './models.ts'

const filled = (initializer: string, shape: number[], seed = 1) => {
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1))
  initializers[initializer as Initializer](values, shape, randomOf({ seed, purpose: 'weights' }))
  return values
}

const spread = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance), largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) }
}

/** Four standard errors of the standard deviation of as many values. */
const tolerance = (count: number) => 4 / Math.sqrt(2 * count)

test.each(golden.cases)('$initializer of $shape spreads as in Keras', ({ initializer, shape, deviation, largest }) => {
  const values = filled(initializer, shape)
  const ours = spread(values)
  expect(Math.abs(ours.deviation - deviation)).toBeLessThanOrEqual(2 * tolerance(values.length) * deviation)
  // The largest of 60,000 values is within a thousandth of a uniform's limit, and a hundredth of a normal's cut.
  // That of a normal that is not cut is anywhere.
  if (initializer !== 'random_normal') expect(Math.abs(ours.largest - largest)).toBeLessThanOrEqual(0.01 * largest)
  if (deviation > 0) expect(Math.abs(ours.mean)).toBeLessThan((4 * deviation) / Math.sqrt(values.length))
})

test('every initializer is compared with Keras', () => {
  const compared = new Set(golden.cases.map(({ initializer }) => initializer))
  expect(Object.keys(initializers).filter((initializer) => !compared.has(initializer))).toEqual(['orthogonal'])
})

test.each([[[3, 3, 4, 8]], [[2, 2, 3, 40]], [[7, 7]]])('orthogonal of %j has columns, or rows, of length 1 at right angles', (shape) => {
  const [values, columns] = [filled('orthogonal', shape), shape.at(-1) as number]
  const rows = values.length / columns
  const line = (index: number) =>
    Array.from(
      { length: Math.max(rows, columns) },
      (_, at) => values[rows < columns ? index * columns + at : at * columns + index] as number,
    )
  for (let a = 0; a < Math.min(rows, columns); a++)
    for (let b = 0; b <= a; b++)
      expect(line(a).reduce((sum, value, at) => sum + value * (line(b)[at] as number), 0)).toBeCloseTo(a === b ? 1 : 0, 6)
})

test('a cut normal has no gap at zero and none beyond the cut', () => {
  const values = filled('he_normal', [100, 500])
  const { deviation } = spread(values)
  const cut = (2 * deviation) / 0.8796
  const within = values.filter((value) => Math.abs(value) < cut / 2).length / values.length
  // 68.27 % within one deviation of 95.45 % within two.
  expect(within).toBeCloseTo(0.6827 / 0.9545, 2)
})

/** Vitest's own comparison takes a minute for five million values. */
const hashOf = (state: ReturnType<typeof initialWeights>) => {
  const hash = createHash('sha256')
  for (const [name, { values }] of Object.entries(state)) hash.update(name).update(values)
  return hash.digest('hex')
}

describe('initialWeights', () => {
  const base = networkOf(BASE_CNN, [48, 48, 1])

  test('has all weights, zero biases, and the same values for the same seed only', () => {
    const first = initialWeights(base, 3)
    expect(Object.values(first).reduce((sum, { values }) => sum + values.length, 0)).toBe(5_127_495)
    expect(first['conv2d/bias']?.values).toEqual(new Float32Array(64))
    expect(hashOf(initialWeights(base, 3))).toBe(hashOf(first))
    expect(hashOf(initialWeights(base, 4))).not.toBe(hashOf(first))
  })

  test('weights of one shape differ, and none depends on the other layers', () => {
    const weights = initialWeights(networkOf(BASE_CNN, [48, 48, 1]), 0)
    expect(weights['conv2d_4/kernel']?.shape).toEqual([3, 3, 256, 256])
    expect(weights['conv2d_4/kernel']?.values.slice(0, 9)).not.toEqual(weights['conv2d_3/kernel']?.values.slice(0, 9))
    const shorter = networkOf({ layers: [...BASE_CNN.layers.slice(0, 2), ...BASE_CNN.layers.slice(-4)] }, [48, 48, 1])
    expect(initialWeights(shorter, 0)['conv2d_1/kernel']).toEqual(weights['conv2d_1/kernel'])
  })

  test('takes published values where a weight has them', () => {
    const network = networkOf(VGG16_NET, [48, 48, 3])
    const shapes = new Map(network.weights.map(({ name, shape }) => [name, shape]))
    const reader = (tensor: string) => {
      const shape = shapes.get(tensor) ?? []
      return { shape, values: new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(0.5) }
    }
    const weights = initialWeights(network, 0, reader)
    expect(weights['block5_conv3/kernel']?.values[77]).toBe(0.5)
    expect(weights['dense/kernel']?.values[77]).not.toBe(0.5)
    expect(() => initialWeights(network, 0)).toThrow('block1_conv1/kernel starts from vgg16_imagenet, which was not opened')
    expect(() => initialWeights(network, 0, () => ({ shape: [1], values: new Float32Array(1) }))).toThrow('has shape [1], not [3,3,3,64]')
  })
})
