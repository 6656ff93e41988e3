import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit } from '../../../src/data/audit/audit.ts'
import { firstOf } from '../../../src/data/audit/first_of.ts'
import { leakAdvice } from '../../../src/data/audit/leak_advice.ts'
import { withoutLeaks } from '../../../src/data/audit/leaks.ts'
import { nearImages } from '../../../src/data/audit/near.ts'
import { loadDataset } from '../../../src/data/load_dataset.ts'
import { splitDataset } from '../../../src/data/splits/table.ts'
import { UserError } from '../../../src/problem.ts'
import { withoutLeaked } from '../../../src/run/without_leaked.ts'

const shared = (values: readonly number[]) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length))
  bytes.set(values)
  return bytes
}
/** Images of two pixels, by their numbers: image k is the bytes k and 2k. */
const dataset = (kinds: readonly number[], labels: readonly number[]) => {
  const images = shared(kinds.flatMap((kind) => [kind, 2 * kind]))
  const names = { name: 'tiny', classes: ['a', 'b'], usage: null, usageNames: [], groups: null }
  return { ...names, images, labels: shared(labels), first: firstOf(images, kinds.length), imageShape: [1, 2, 1] as const }
}
const rows = (...values: number[]) => Int32Array.from(values)

describe('an audit', () => {
  const data = dataset([0, 1, 1, 2, 0, 3, 1, 4], [0, 0, 1, 1, 0, 0, 0, 1])
  const found = audit(data, { train: rows(0, 1, 3), validation: rows(2, 5), test: rows(4, 6, 7) })

  test('finds the same images, those under two labels, and those of one value', () => {
    expect(found).toMatchObject({ images: 8, distinct: 5, constant: [0, 4], black: [0, 4] })
    expect(found.same).toEqual([
      { rows: [1, 2, 6], labels: [0, 1, 0] },
      { rows: [0, 4], labels: [0, 0] },
    ])
    expect(found.conflicting).toEqual([found.same[0]])
  })

  test('finds images in two parts', () => {
    expect(found.leaks).toEqual({ validation_in_train: [2], test_in_train: [4, 6], test_in_validation: [6] })
  })

  test('has mean and deviation of the training images', () => {
    const values = [0, 0, 1, 2, 2, 4].map((byte) => byte / 255)
    const mean = values.reduce((all, value) => all + value, 0) / 6
    expect(found.mean[0]).toBeCloseTo(mean, 12)
    expect(found.deviation[0]).toBeCloseTo(Math.sqrt(values.reduce((all, value) => all + (value - mean) ** 2, 0) / 6), 12)
  })
})

describe('leaked images', () => {
  const split = { train: rows(0, 1, 2), validation: rows(3, 4), test: rows(5, 6) }
  const first = rows(0, 1, 2, 1, 4, 2, 4)

  test('are kept, or taken out of one part', () => {
    expect(withoutLeaks(split, first, undefined)).toBe(split)
    expect(withoutLeaks(split, first, 'keep')).toBe(split)
    expect(withoutLeaks(split, first, 'remove_from_train')).toEqual({ ...split, train: rows(0) })
    expect(withoutLeaks(split, first, 'remove_from_test')).toEqual({ ...split, validation: rows(4), test: rows() })
  })

  test('removed, no training image is in another part, whatever the data', () => {
    const kinds = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 40 })
    fc.assert(
      fc.property(kinds, fc.constantFrom('remove_from_train' as const, 'remove_from_test' as const), (values, leaked) => {
        const data = dataset(
          values,
          values.map((_, row) => row % 2),
        )
        const spec = {
          kind: 'stratified_holdout',
          test_size: 0.4,
          validation_of_test: 0.5,
          random_state: 0,
          stratify: 'none',
          leaked,
        } as const
        try {
          const { train, validation, test: tested } = splitDataset(data, spec)
          const trained = new Set([...train].map((row) => values[row]))
          expect([...validation, ...tested].filter((row) => trained.has(values[row]))).toEqual([])
        } catch (error) {
          expect(error instanceof UserError && error.problems[0]?.code).toBe('split_part_too_small')
        }
      }),
    )
  })

  test('are told by a plan, unless the recipe says what to do; so are conflicting labels', () => {
    const data = dataset([1, 2, 2, 1], [0, 1, 0, 0])
    const parts = { train: rows(0, 1), validation: rows(), test: rows(2, 3) }
    const told = (leaked?: 'keep') => leakAdvice(data, parts, { split: { kind: 'usage_column', ...(leaked ? { leaked } : {}) } })
    expect(told().map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'images_leaked: 2 of 2 test images (100.0 %) are training images too, byte for byte.',
      'labels_conflict: 2 images are copies of one, which occurs under different labels.',
    ])
    expect(told('keep').map(({ code }) => code)).toEqual(['labels_conflict'])
  })

  test('are left out of the accuracy that a record holds beside the other', () => {
    const data = dataset([1, 2, 3, 1, 4], [0, 1, 0, 0, 1])
    expect(withoutLeaked(data, { train: rows(0), test: rows(1, 2, 3, 4) }, [1, 1, 0, 0])).toEqual({ images: 3, accuracy: 1 / 3 })
    expect(withoutLeaked(data, { train: rows(0), test: rows(3) }, [0])).toEqual({ images: 0, accuracy: null })
  })
})

test('images that look the same are found; those that are the same, or flat, are not', () => {
  const size = 16
  const scene = (seed: number) =>
    Array.from({ length: size * size }, (_, at) => (((at % size) * seed * 37 + Math.floor(at / size) * seed * 91) % 200) + 20)
  const [a, b] = [scene(3), scene(8)]
  const images = shared([a, b, a.map((byte) => byte + 2), a, Array(size * size).fill(7), Array(size * size).fill(9)].flat() as number[])
  const pairs = nearImages({ images, first: firstOf(images, 6), imageShape: [size, size, 1] })
  expect(pairs.map((pair) => pair.rows)).toEqual([[0, 2]])
})

test.runIf(process.env.FER2013)(
  'FER2013, under the paper’s split, has what others have found in it',
  async () => {
    const data = await loadDataset({ kind: 'fer2013_csv', path: process.env.FER2013 as string })
    const paper = { kind: 'stratified_holdout', test_size: 0.2, validation_of_test: 0.5, random_state: 42, stratify: 'one_hot' } as const
    const found = audit(data, splitDataset(data, paper))
    expect([found.images, found.distinct, found.conflicting.length, found.black.length]).toEqual([35_887, 34_034, 57, 12])
    expect([found.leaks.test_in_train.length, found.leaks.validation_in_train.length]).toEqual([289, 282])
  },
  300_000,
)
