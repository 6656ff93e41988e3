import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AugmentationCompose, Mix } from '../../../../schema/recipe.ts'
import type { ImageShape } from '../../../../src/data/augmentations/affine.ts'
import { cutmix } from '../../../../src/data/augmentations/mixes/cutmix.ts'
import { mixup } from '../../../../src/data/augmentations/mixes/mixup.ts'
import { drawShare } from '../../../../src/data/augmentations/mixes/shares.ts'
import type { BatchOptions } from '../../../../src/data/batches/batch_options.ts'
import { batchMaker } from '../../../../src/data/batches/make_batch.ts'
import { randomOf } from '../../../../src/random.ts'
import { tinyDataset } from '../../tiny_dataset.ts'
import { drawn, farthest } from '../transforms/golden.ts'

type Case = { kind: Mix['kind']; lam: number; row: number; column: number; x: number[]; y: number[] }
const golden = JSON.parse(readFileSync('test/golden/transforms.json', 'utf8')) as {
  batch: { shape: ImageShape; x: number[]; y: number[] }
  mixed: Case[]
}

test.each(golden.mixed)('$kind with a share of $lam is torchvision’s', ({ kind, lam, row, column, x, y }) => {
  const { shape } = golden.batch
  const batch = { size: 3, shape, x: Float32Array.from(golden.batch.x), y: Float32Array.from(golden.batch.y) }
  // With alpha 1 the share is one/(one + other); both powers are of 1 minus a uniform number.
  const powers = [1 - lam / 2, 1 - (1 - lam) / 2]
  if (kind === 'mixup') mixup({ kind, alpha: 1, p: 1 }, batch, drawn(...powers))
  else cutmix({ kind, alpha: 1, p: 1 }, batch, drawn(...powers, column, row))
  expect(farthest(batch.x, x)).toBeLessThan(2e-7)
  expect(farthest(batch.y, y)).toBeLessThan(2e-7)
})

test.each([0.2, 1, 2])('shares are drawn from Beta(%d, %d)', (alpha) => {
  const shares = Array.from({ length: 4000 }, (_, at) => drawShare(randomOf({ seed: 0, purpose: 'augmentation', at: [at] }), alpha))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length
  expect(mean).toBeCloseTo(0.5, 1)
  expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2)
})

describe('batches', () => {
  const options = (mix: Mix | undefined, given: Partial<BatchOptions> = {}): BatchOptions => {
    const augmentation: AugmentationCompose = {
      kind: 'compose',
      transforms: [],
      apply_to: ['train', 'validation'],
      ...(mix ? { mix } : {}),
    }
    return {
      dataset: tinyDataset(12),
      part: 'train',
      rows: Int32Array.from({ length: 12 }, (_, row) => row),
      batchSize: 4,
      shuffle: true,
      stepsPolicy: 'all',
      preprocessing: { rescale: [0, 1] },
      augmentation,
      semantics: 'keras-3',
      seed: 1,
      ...given,
    }
  }
  const mix: Mix = { kind: 'mixup', alpha: 0.5, p: 1 }

  test('shares of the classes sum to one; an image counts as of the class with the greatest', () => {
    const { y, labels } = batchMaker(options(mix)).make(2, 1)
    for (const [place, label] of labels.entries()) {
      const shares = [...y.subarray(place * 3, place * 3 + 3)]
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
      expect(shares[label]).toBe(Math.max(...shares))
    }
  })

  test('are mixed in the same way whenever they are made, and in another in each step', () => {
    const once = batchMaker(options(mix))
    const first = once.make(0, 0)
    once.make(1, 2)
    expect(once.make(0, 0)).toEqual(first)
    expect(batchMaker(options(mix)).make(0, 0)).toEqual(first)
    const ordered = batchMaker(options(mix, { shuffle: false }))
    expect(ordered.make(0, 0).y).not.toEqual(ordered.make(1, 0).y)
  })

  test('of other parts are not, nor those that p leaves out', () => {
    const made = (of: BatchOptions) => batchMaker(of).make(0, 0)
    expect(made(options(mix, { part: 'validation' }))).toEqual(made(options(undefined, { part: 'validation' })))
    expect(made(options({ ...mix, p: 0 }))).toEqual(made(options(undefined)))
    expect(made(options(mix))).not.toEqual(made(options(undefined)))
  })
})
