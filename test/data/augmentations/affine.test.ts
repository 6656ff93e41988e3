import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Semantics } from '../../../schema/recipe.ts'
import { type AffineParameters, affineMap, type FillMode, type ImageShape, sample } from '../../../src/data/augmentations/affine.ts'

type Case = AffineParameters & {
  image: string
  fill_mode: FillMode
  cval: number
  flips: { horizontal: boolean; vertical: boolean }
} & Record<Semantics, number[]>
type Golden = { images: Record<string, { shape: ImageShape; values: number[] }>; cases: Case[] }
const golden = JSON.parse(readFileSync(new URL('../../golden/affine.json', import.meta.url), 'utf8')) as Golden

const transformed = (fixture: Case, semantics: Semantics) => {
  const { shape, values } = golden.images[fixture.image] as Golden['images'][string]
  const target = new Float32Array(values.length).fill(Number.NaN)
  const { fill_mode: fillMode, cval, flips } = fixture
  const options = { shape, fillMode, cval, flipHorizontal: flips.horizontal, flipVertical: flips.vertical }
  sample(Float32Array.from(values), target, affineMap(fixture, shape, semantics), options)
  return target
}
const farthest = (found: Float32Array, expected: readonly number[]) =>
  Math.max(...expected.map((value, at) => Math.abs(value - (found[at] as number))))

test.each(['keras-3', 'keras-2.4'] as const)('%s: every map, fill mode and flip as Keras itself', (semantics) => {
  expect(golden.cases.length).toBe(132)
  for (const fixture of golden.cases) {
    const { theta, tx, ty, shear, zx, zy, image, fill_mode } = fixture
    const name = JSON.stringify({ theta, tx, ty, shear, zx, zy, image, fill_mode })
    // Seven digits are kept of numbers up to 1: half a unit of the last is 5e-8 and float32's own rounding 3e-8.
    expect(farthest(transformed(fixture, semantics), fixture[semantics]), name).toBeLessThan(1.5e-7)
  }
})

test('an image of one row or column is still an image', () => {
  const shape = [1, 3, 1] as const
  const target = new Float32Array(3)
  const still = { theta: 0, tx: 0, ty: 0.5, shear: 0, zx: 1, zy: 1 }
  for (const fillMode of ['nearest', 'reflect', 'wrap'] as const) {
    sample(Float32Array.of(1, 2, 4), target, affineMap(still, shape, 'keras-2.4'), {
      shape,
      fillMode,
      cval: 0,
      flipHorizontal: false,
      flipVertical: false,
    })
    expect([...target.subarray(0, 2)]).toEqual([1.5, 3])
  }
})
