import { expect, test } from 'vitest'
import type { TransformRandAugment } from '../../../../schema/recipe.ts'
import { changes, rand_augment } from '../../../../src/data/augmentations/transforms/rand_augment.ts'
import { drawn, farthest, torchvision } from './golden.ts'

const names = Object.keys(changes)
const augmentOf = (given: Partial<TransformRandAugment>): TransformRandAugment => ({
  kind: 'rand_augment',
  num_ops: 1,
  magnitude: 9,
  num_magnitude_bins: 31,
  fill: 0,
  p: 1,
  ...given,
})

const alone = torchvision<{ change: string; magnitude: number; sign: number }>('rand_augment')

test('all changes are tested', () => expect(new Set(alone.map(({ change }) => change))).toEqual(new Set(names)))

test.each(alone)('$name is as by torchvision', ({ shape, image, expected, change, magnitude, sign }) => {
  const random = drawn(names.indexOf(change), sign < 0 ? 0 : 0.9)
  expect(farthest(rand_augment.apply(augmentOf({ magnitude }), image(), { shape, random }), expected)).toBeLessThan(2e-6)
})

test('changes follow one another', () => {
  const image = Float32Array.from({ length: 64 }, (_, at) => at / 63)
  const apply = (num_ops: number, ...first: number[]) =>
    rand_augment.apply(augmentOf({ num_ops, fill: 255 }), image.slice(), { shape: [8, 8, 1], random: drawn(...first) })
  const [rotate, solarize, identity] = ['Rotate', 'Solarize', 'Identity'].map((name) => names.indexOf(name)) as [number, number, number]
  expect(apply(2, rotate, 0.9, identity)).toEqual(apply(1, rotate, 0.9))
  expect(apply(2, solarize, rotate, 0.9)).not.toEqual(apply(2, rotate, 0.9, solarize))
})

test('a magnitude that there is not', () => {
  expect(rand_augment.problems(augmentOf({ magnitude: 30 }), [48, 48, 1])).toEqual([])
  expect(rand_augment.problems(augmentOf({ magnitude: 31 }), [48, 48, 1]).map(({ code }) => code)).toEqual(['transform_misfit'])
})
