import { readFileSync } from 'node:fs'
import type { ImageShape } from '../../../../src/data/augmentations/affine.ts'
import { type Random, randomOf } from '../../../../src/random.ts'

type Case = { function: string; image: string; expected: number[] } & Record<string, never>
const golden = JSON.parse(readFileSync('test/golden/transforms.json', 'utf8')) as {
  images: Record<string, { shape: ImageShape; values: number[] }>
  cases: Case[]
}

/** What torchvision made of an image with some parameters. */
export type Expected<P> = P & { name: string; shape: ImageShape; image: () => Float32Array; expected: readonly number[] }

/** torchvision's results of a function; the parameters are those of transforms.py. */
export const torchvision = <P>(name: string): Expected<P>[] =>
  golden.cases
    .filter((one) => one.function === name)
    .map(({ function: _name, image, expected, ...given }) => {
      const { shape, values } = golden.images[image] as (typeof golden.images)[string]
      return { ...(given as P), name: `${image} ${JSON.stringify(given)}`, shape, image: () => Float32Array.from(values), expected }
    })

/** The largest difference. Seven digits are kept of numbers up to 1, and float32 rounds in another order here and there. */
export const farthest = (found: Float32Array, expected: readonly number[]): number =>
  Math.max(...expected.map((value, at) => Math.abs(value - (found[at] as number))))

/** A stream whose first numbers are given. */
export const drawn = (...first: number[]): Random => {
  const { integer, ...rest } = randomOf({ seed: 0, purpose: 'augmentation' })
  return { ...rest, integer: (below) => first.shift() ?? integer(below), uniform: () => first.shift() ?? rest.uniform() }
}
