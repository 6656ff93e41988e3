import { describe, expect, test } from 'vitest'
import type { TransformColorJitter } from '../../../../schema/recipe.ts'
import { color_jitter } from '../../../../src/data/augmentations/transforms/color_jitter.ts'
import { randomOf } from '../../../../src/random.ts'
import { farthest, torchvision } from './golden.ts'

const jitterOf = (given: Partial<TransformColorJitter>): TransformColorJitter => ({
  kind: 'color_jitter',
  brightness: 0,
  contrast: 0,
  saturation: 0,
  p: 1,
  ...given,
})
const random = (seed = 0) => randomOf({ seed, purpose: 'augmentation' })

describe.each(['brightness', 'contrast', 'saturation'] as const)('%s', (key) => {
  test.each(torchvision<{ factor: number }>(`adjust_${key}`))('$name is as by torchvision', ({ shape, image, expected, factor }) => {
    const spec = jitterOf({ [key]: [factor, factor] })
    expect(farthest(color_jitter.apply(spec, image(), { shape, random: random() }), expected)).toBeLessThan(1e-6)
  })
})

test('the factor is uniform about 1, and not below 0', () => {
  const factors = (brightness: TransformColorJitter['brightness']) =>
    Array.from(
      { length: 1000 },
      (_, seed) =>
        (color_jitter.apply(jitterOf({ brightness }), Float32Array.of(0.25), { shape: [1, 1, 1], random: random(seed) })[0] as number) * 4,
    )
  const [some, many] = [factors(0.5), factors(2)]
  expect(Math.min(...some)).toBeCloseTo(0.5, 1)
  expect(Math.max(...some)).toBeCloseTo(1.5, 1)
  expect([Math.min(...many), Math.max(...many)].map(Math.round)).toEqual([0, 3])
})

test('the order is random', () => {
  const image = Float32Array.of(0.2, 0.9)
  const spec = jitterOf({ brightness: [1.5, 1.5], contrast: [0.5, 0.5] })
  const results = Array.from({ length: 40 }, (_, seed) =>
    color_jitter.apply(spec, image.slice(), { shape: [1, 2, 1], random: random(seed) }).join(),
  )
  expect(new Set(results).size).toBe(2)
})

test.each<[Partial<TransformColorJitter>, number, string[]]>([
  [{ saturation: 0.5, contrast: 0.1 }, 3, []],
  [{ saturation: 0.5, contrast: 0.1 }, 1, ['warning augmentation_idle saturation']],
  [{}, 3, ['warning augmentation_idle kind']],
  [{ brightness: [1.2, 0.8] }, 1, ['error transform_misfit brightness']],
])('%j in %d channels', (given, channels, expected) => {
  expect(color_jitter.problems(jitterOf(given), [48, 48, channels]).map(({ severity, code, at }) => `${severity} ${code} ${at}`)).toEqual(
    expected,
  )
})
