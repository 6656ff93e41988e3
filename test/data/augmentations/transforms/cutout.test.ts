import { expect, test } from 'vitest'
import type { TransformCutout } from '../../../../schema/recipe.ts'
import { cutout } from '../../../../src/data/augmentations/transforms/cutout.ts'
import { drawn, farthest, torchvision } from './golden.ts'

const cutoutOf = (length: number, n_holes = 1, fill = 0): TransformCutout => ({ kind: 'cutout', length, n_holes, fill, p: 1 })

test.each(torchvision<{ row: number; column: number; length: number }>('cutout'))(
  '$name is cut as by the authors',
  ({ shape, image, expected, row, column, length }) => {
    expect(farthest(cutout.apply(cutoutOf(length), image(), { shape, random: drawn(row, column) }), expected)).toBeLessThan(1e-7)
  },
)

test('as many squares as are asked for, of the colour that is asked for', () => {
  const image = cutout.apply(cutoutOf(2, 2, 51), new Float32Array(64), { shape: [8, 8, 1], random: drawn(1, 1, 7, 7) })
  expect(image.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8 * 0.2, 6)
})

test('a square that covers the image wherever it is does not fit', () => {
  expect(cutout.problems(cutoutOf(16), [48, 48, 1])).toEqual([])
  expect(cutout.problems(cutoutOf(96), [48, 48, 1]).map(({ code }) => code)).toEqual(['transform_misfit'])
})
