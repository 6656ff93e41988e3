import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AugmentationCompose, Transform } from '../../../schema/recipe.ts'
import { prepareAugmentation } from '../../../src/data/augmentations/table.ts'
import type { BatchOptions } from '../../../src/data/batches/batch_options.ts'
import { batchMaker } from '../../../src/data/batches/make_batch.ts'
import { openBatches } from '../../../src/data/batches/open_batches.ts'
import { type Batch, PARTS, type Part } from '../../../src/data/dataset.ts'
import { tinyDataset } from '../tiny_dataset.ts'
import { transformOf } from './transforms/any_transform.ts'

const shape = [8, 8, 1] as const
const source = Float32Array.from({ length: 64 }, (_, at) => ((at * 37) % 64) / 63)
const listOf = (...transforms: Transform[]): AugmentationCompose => ({ kind: 'compose', transforms, apply_to: ['train'] })
const flip = (p: number): Transform => ({ kind: 'horizontal_flip', p })
const rotation: Transform = { kind: 'rotation', degrees: 90, interpolation: 'bilinear', fill: 0, p: 0.5 }

const changed = (spec: AugmentationCompose, { seed = 0, epoch = 0, row = 0, part = 'train' as Part } = {}) => {
  const augment = prepareAugmentation(spec, { shape, part, semantics: 'keras-3', seed, scale: { low: 0, high: 1 } })
  const target = new Float32Array(64)
  augment?.(source, target, { epoch, row })
  return augment && target
}

describe('the list', () => {
  test('is applied in its order', () => {
    const turn: Transform = { ...rotation, degrees: [90, 90], p: 1 }
    const both = [changed(listOf(flip(1), turn)), changed(listOf(turn, flip(1)))] as [Float32Array, Float32Array]
    expect(both[0]).not.toEqual(both[1])
    const halfTurn: Transform = { ...rotation, degrees: [180, 180], p: 1 }
    const back = changed(listOf(flip(1), halfTurn, flip(1), halfTurn)) as Float32Array
    expect(Math.max(...back.map((value, at) => Math.abs(value - (source[at] as number))))).toBeLessThan(1e-6)
  })

  test('changes as many images as its probabilities say, each independently', () => {
    const isChanged = (spec: AugmentationCompose, row: number) => !changed(spec, { row })?.every((value, at) => value === source[at])
    const rows = Array.from({ length: 2000 }, (_, row) => row)
    const share = (spec: AugmentationCompose) => rows.filter((row) => isChanged(spec, row)).length / rows.length
    expect([share(listOf(flip(0))), share(listOf(flip(1)))]).toEqual([0, 1])
    expect(share(listOf(flip(0.3)))).toBeCloseTo(0.3, 1)
    // Twice mirrored is not mirrored.
    expect(share(listOf(flip(0.5), flip(0.5)))).toBeCloseTo(0.5, 1)
    expect(share(listOf(flip(0.9), flip(0.9)))).toBeCloseTo(0.18, 1)
  })

  test('is for the parts that are named', () => {
    const parts = (spec: AugmentationCompose) => PARTS.filter((part) => changed(spec, { part }) !== null)
    expect(parts(listOf(flip(1)))).toEqual(['train'])
    expect(parts({ ...listOf(flip(1)), apply_to: ['train', 'validation'] })).toEqual(['train', 'validation'])
  })
})

describe('always', () => {
  const place = fc.record({ seed: fc.nat(5), epoch: fc.nat(5), row: fc.nat(50) })

  test('an image is changed in the same way for a seed and epoch, whatever came before, and its source stays', () => {
    const before = source.slice()
    fc.assert(
      fc.property(fc.array(transformOf, { minLength: 1, maxLength: 4 }), place, place, (transforms, at, other) => {
        const first = changed(listOf(...transforms), at)
        changed(listOf(...transforms), other)
        expect(changed(listOf(...transforms), at)).toEqual(first)
        expect(source).toEqual(before)
      }),
    )
  })

  test('what a transform draws does not depend on those before it', () => {
    const constant: Transform = { kind: 'shift', translate: [0, 0], fill: 0, p: 1 }
    fc.assert(
      fc.property(transformOf, place, (transform, at) => {
        expect(changed(listOf(constant, transform), at)).toEqual(changed(listOf({ ...constant, p: 0 }, transform), at))
      }),
    )
  })

  test('numbers stay from black to white', () => {
    fc.assert(
      fc.property(fc.array(transformOf, { minLength: 1, maxLength: 4 }), place, (transforms, at) => {
        const image = changed(listOf(...transforms), at) as Float32Array
        expect(image.every((value) => value >= 0 && value <= 1.000001)).toBe(true)
      }),
    )
  })
})

describe('batches', () => {
  const options = (transforms: Transform[], preprocessing: BatchOptions['preprocessing']): BatchOptions => ({
    dataset: tinyDataset(12),
    part: 'train',
    rows: Int32Array.of(11, 0, 5, 3, 8, 2, 9, 6, 1, 10),
    batchSize: 4,
    shuffle: true,
    stepsPolicy: 'all',
    preprocessing,
    augmentation: listOf(...transforms),
    semantics: 'keras-3',
    seed: 4,
  })
  const all = async (batches: AsyncIterable<Batch>) => {
    const found: Batch[] = []
    for await (const batch of batches) found.push(batch)
    return found
  }

  test('a run that goes on gets from another thread, at any step, the images that an undisturbed one has', async () => {
    const numbers = options([flip(0.5), rotation], { rescale: [-1, 1] })
    const [one, other] = [await openBatches(numbers), await openBatches(numbers)]
    const whole = await all(one.epoch(3))
    for (const step of whole.keys()) expect(await all(other.epoch(3, step))).toEqual(whole.slice(step))
    await Promise.all([one.close(), other.close()])
  })

  test.each<BatchOptions['preprocessing']>([
    { rescale: [0, 255] },
    { rescale: [-1, 1], color_mode: 'rgb' },
    { rescale: [0, 1], steps: [{ kind: 'equalize' }] },
    { rescale: [0, 1], steps: [{ kind: 'normalize', mean: [0.5], std: [0.25] }] },
    { rescale: [0, 1], steps: [{ kind: 'standardize_image' }] },
  ])('an image that nothing changed is what preprocessing alone makes of it: %j', (preprocessing) => {
    const made = (of: BatchOptions) => batchMaker(of).make(0, 0).x
    const plain = options([], preprocessing)
    const [unchanged, expected] = [made(options([flip(0)], preprocessing)), made({ ...plain, augmentation: { kind: 'none' } })]
    expect(unchanged).toEqual(expected)
  })

  test('numbers are made of what was changed: an image is standardized as it is seen', () => {
    const x = batchMaker(
      options([{ kind: 'shift', translate: [0.5, 0.5], fill: 255, p: 1 }], { rescale: [0, 1], steps: [{ kind: 'standardize_image' }] }),
    ).make(0, 0).x
    const [first] = [x.subarray(0, x.length / 4)]
    expect(first.reduce((sum, value) => sum + value, 0) / first.length).toBeCloseTo(0, 5)
  })
})
