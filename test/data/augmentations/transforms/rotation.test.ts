import { expect, test } from 'vitest'
import type { TransformRotation } from '../../../../schema/recipe.ts'
import { rotation } from '../../../../src/data/augmentations/transforms/rotation.ts'
import { drawn, farthest, torchvision } from './golden.ts'

type Given = Pick<TransformRotation, 'interpolation' | 'fill'> & { angle: number }
const turned = torchvision<Given>('rotate')

test('all cases were found', () => expect(turned).toHaveLength(32))

test.each(turned)('$name is turned as by torchvision', ({ shape, image, expected, angle, interpolation, fill }) => {
  const spec: TransformRotation = { kind: 'rotation', degrees: [angle, angle], interpolation, fill: fill * 255, p: 1 }
  expect(farthest(rotation.apply(spec, image(), { shape, random: drawn() }), expected)).toBeLessThan(2e-6)
})

test('degrees are uniform from the negative to the positive, or in the range', () => {
  const shape = [8, 8, 1] as const
  const image = Float32Array.from({ length: 64 }, Math.random)
  const of = (degrees: TransformRotation['degrees'], share: number) =>
    rotation.apply({ kind: 'rotation', degrees, interpolation: 'bilinear', fill: 0, p: 1 }, image, { shape, random: drawn(share) })
  expect(of(20, 0.25)).toEqual(of([-10, 50], 0))
  expect(of([10, 30], 0.5)).toEqual(of([20, 90], 0))
})

test.each<[TransformRotation['degrees'], string[]]>([
  [4, []],
  [[-10, 10], []],
  [0, ['warning augmentation_idle']],
  [[10, -10], ['error transform_misfit']],
])('degrees: %j', (degrees, expected) => {
  const spec: TransformRotation = { kind: 'rotation', degrees, interpolation: 'nearest', fill: 0, p: 1 }
  expect(rotation.problems(spec, [48, 48, 1]).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected)
})
