import { expect, test } from 'vitest'
import type { TransformShift } from '../../../../schema/recipe.ts'
import { shift } from '../../../../src/data/augmentations/transforms/shift.ts'
import { drawn, farthest, torchvision } from './golden.ts'

const shiftOf = (translate: [number, number], fill = 0): TransformShift => ({ kind: 'shift', translate, fill, p: 1 })

const moved = torchvision<{ x: number; y: number; fill: number }>('translate')

test.each(moved)('$name is moved as by torchvision', ({ shape, image, expected, x, y, fill }) => {
  const share = (pixels: number, size: number) => 0.5 + pixels / (2 * size)
  const random = drawn(share(x, shape[1]), share(y, shape[0]))
  expect(farthest(shift.apply(shiftOf([1, 1], fill * 255), image(), { shape, random }), expected)).toBeLessThan(1e-7)
})

test.each<[[number, number], string[]]>([
  [[0.1, 0], []],
  [[0.01, 0.01], ['warning augmentation_idle']],
  [[0.1, 0.5], ['warning augmentation_too_strong']],
])('translate: %j', (translate, expected) => {
  expect(shift.problems(shiftOf(translate), [48, 48, 1]).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected)
})
