import { expect, test } from 'vitest'
import type { TransformRandomErasing } from '../../../../schema/recipe.ts'
import { type Box, erase } from '../../../../src/data/augmentations/transforms/box.ts'
import { random_erasing } from '../../../../src/data/augmentations/transforms/random_erasing.ts'
import { randomOf } from '../../../../src/random.ts'
import { drawn, farthest, torchvision } from './golden.ts'

const erasingOf = (given: Partial<TransformRandomErasing>): TransformRandomErasing => ({
  kind: 'random_erasing',
  scale: [0.02, 0.33],
  ratio: [0.3, 3.3],
  value: 0,
  p: 1,
  ...given,
})

test.each(torchvision<Box & { value: number }>('erase'))(
  '$name is erased as by torchvision',
  ({ shape, image, expected, value, ...box }) => {
    expect(
      farthest(
        erase(image(), box, shape, () => value),
        expected,
      ),
    ).toBeLessThan(1e-7)
  },
)

test('the rectangle is of the area and aspect that are drawn, at the place that is drawn', () => {
  // A half of 8×8, twice as high as wide: 8 rows do not fit. Then a quarter, as high as wide.
  const random = drawn(0.5, 1, 0.25, 0, 2, 1)
  const image = random_erasing.apply(erasingOf({ scale: [0, 1], ratio: [1, 2], value: 255 }), new Float32Array(64), {
    shape: [8, 8, 1],
    random,
  })
  expect(image.reduce((sum, value) => sum + value, 0)).toBe(16)
  expect([image[2 * 8 + 1], image[5 * 8 + 4], image[1 * 8 + 1], image[6 * 8 + 4]]).toEqual([1, 1, 0, 0])
})

test('random: another value in each pixel and channel, from black to white', () => {
  const image = new Float32Array(48 * 48 * 3).fill(-1)
  const spec = erasingOf({ value: 'random', scale: [0.3, 0.3] })
  random_erasing.apply(spec, image, { shape: [48, 48, 3], random: randomOf({ seed: 0, purpose: 'augmentation' }) })
  const written = image.filter((value) => value >= 0)
  expect(new Set(written).size).toBeGreaterThan(0.99 * written.length)
  expect(written.length / image.length).toBeCloseTo(0.3, 1)
  expect(written.reduce((sum, value) => sum + value, 0) / written.length).toBeCloseTo(0.5, 1)
})

test.each<[Partial<TransformRandomErasing>, string[]]>([
  [{}, []],
  [{ scale: [1, 1] }, ['warning augmentation_idle']],
  [{ scale: [0.3, 0.2] }, ['error transform_misfit']],
])('%j', (given, expected) => {
  expect(random_erasing.problems(erasingOf(given), [48, 48, 1]).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected)
})
