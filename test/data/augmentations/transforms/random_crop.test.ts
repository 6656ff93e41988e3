import { expect, test } from 'vitest'
import type { TransformRandomCrop } from '../../../../schema/recipe.ts'
import { random_crop } from '../../../../src/data/augmentations/transforms/random_crop.ts'
import { drawn, farthest, torchvision } from './golden.ts'

type Mode = TransformRandomCrop['padding_mode']
const cropOf = (padding: TransformRandomCrop['padding'], padding_mode: Mode, fill = 0): TransformRandomCrop => ({
  kind: 'random_crop',
  padding,
  padding_mode,
  fill,
  p: 1,
})

test.each(torchvision<{ x: number; y: number; mode: Mode; fill: number }>('pad_and_crop'))(
  '$name is as by torchvision',
  ({ shape, image, expected, x, y, mode, fill }) => {
    const random = drawn(6 + y, 6 + x)
    expect(farthest(random_crop.apply(cropOf(6, mode, fill * 255), image(), { shape, random }), expected)).toBeLessThan(1e-7)
  },
)

test('a pair of borders: left and right, then top and bottom', () => {
  const apply = (...places: number[]) =>
    random_crop.apply(cropOf([0, 1], 'constant'), Float32Array.of(1, 2, 3, 4), { shape: [2, 2, 1], random: drawn(...places) })
  expect([...apply(0, 0)]).toEqual([0, 0, 1, 2])
  expect([...apply(2, 0)]).toEqual([3, 4, 0, 0])
})

test.each<[TransformRandomCrop['padding'], Mode, string[]]>([
  [4, 'constant', []],
  [[0, 0], 'edge', ['warning augmentation_idle']],
  [47, 'reflect', []],
  [48, 'reflect', ['error transform_misfit']],
  [48, 'symmetric', []],
  [[0, 49], 'symmetric', ['error transform_misfit']],
  [49, 'constant', ['error transform_misfit']],
])('padding: %j, %s', (padding, mode, expected) => {
  expect(random_crop.problems(cropOf(padding, mode), [48, 48, 1]).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected)
})
