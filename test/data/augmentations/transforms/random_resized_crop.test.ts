import { expect, test } from 'vitest'
import type { TransformRandomResizedCrop } from '../../../../schema/recipe.ts'
import type { Box } from '../../../../src/data/augmentations/transforms/box.ts'
import { random_resized_crop, resizedCrop } from '../../../../src/data/augmentations/transforms/random_resized_crop.ts'
import { randomOf } from '../../../../src/random.ts'
import { drawn, farthest, torchvision } from './golden.ts'

type Pair = [number, number]
const cropOf = (scale: Pair, ratio: Pair = [0.75, 4 / 3]): TransformRandomResizedCrop => ({
  kind: 'random_resized_crop',
  scale,
  ratio,
  p: 1,
})

test.each(torchvision<Box>('resized_crop'))(
  '$name is enlarged as by torchvision',
  ({ shape, image, expected, top, left, height, width }) => {
    expect(farthest(resizedCrop(image(), { top, left, height, width }, shape), expected)).toBeLessThan(1e-6)
  },
)

test('the part is of the area and aspect that are drawn, at the place that is drawn', () => {
  const shape = [8, 8, 1] as const
  const image = Float32Array.from({ length: 64 }, (_, at) => at / 63)
  // A quarter of the area, as wide as high: 4×4, at (1, 3).
  const changed = random_resized_crop.apply(cropOf([0, 1], [1, 1]), image, { shape, random: drawn(0.25, 0.5, 1, 3) })
  expect(changed).toEqual(resizedCrop(image, { top: 1, left: 3, height: 4, width: 4 }, shape))
})

test('shares above 1 are drawn again; where no part fits, the image stays, or its middle with an aspect', () => {
  const shape = [4, 8, 1] as const
  const image = Float32Array.from({ length: 32 }, (_, at) => at / 31)
  const apply = (spec: TransformRandomResizedCrop, seed = 0) =>
    random_resized_crop.apply(spec, image, { shape, random: randomOf({ seed, purpose: 'augmentation' }) })
  expect(apply(cropOf([1.1, 1.2], [2, 2]))).toEqual(image)
  expect(apply(cropOf([1.1, 1.2], [1, 1]))).toEqual(resizedCrop(image, { top: 0, left: 2, height: 4, width: 4 }, shape))
  const [large, pixels] = [[20, 40, 1] as const, Float32Array.from({ length: 800 }, (_, at) => at / 799)]
  const isWhole = (seed: number) =>
    random_resized_crop
      .apply(cropOf([0.1, 1.9], [2, 2]), pixels, { shape: large, random: randomOf({ seed, purpose: 'augmentation' }) })
      .every((value, at) => value === pixels[at])
  // Half of the draws do not fit: each of ten would be needed. One in ten that fits is rounded to the whole.
  expect(Array.from({ length: 200 }, (_, seed) => seed).filter(isWhole).length).toBeLessThan(40)
})

test.each<[Pair, Pair, string[]]>([
  [[0.8, 1.2], [0.75, 1.33], []],
  [
    [1, 0.08],
    [1.5, 0.5],
    ['error transform_misfit', 'error transform_misfit'],
  ],
  [[1, 1.2], [1, 1], ['warning augmentation_idle']],
])('scale: %j, ratio: %j', (scale, ratio, expected) => {
  expect(random_resized_crop.problems(cropOf(scale, ratio), [48, 48, 1]).map(({ severity, code }) => `${severity} ${code}`)).toEqual(
    expected,
  )
})
