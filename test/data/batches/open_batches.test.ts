import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BatchOptions } from '../../../src/data/batches/batch_options.ts'
import { batchMaker } from '../../../src/data/batches/make_batch.ts'
import { openBatches } from '../../../src/data/batches/open_batches.ts'
import type { Batch } from '../../../src/data/dataset.ts'
import { UserError } from '../../../src/problem.ts'
import { tinyDataset } from '../tiny_dataset.ts'

const plain: BatchOptions = {
  dataset: tinyDataset(12),
  part: 'train',
  rows: Int32Array.of(11, 0, 5, 3, 8, 2, 9, 6, 1, 10),
  batchSize: 4,
  shuffle: false,
  stepsPolicy: 'all',
  preprocessing: { rescale: [0, 255], color_mode: 'grayscale' },
  augmentation: { kind: 'none' },
  semantics: 'keras-3',
  seed: 0,
}
const augmentation: BatchOptions['augmentation'] = {
  kind: 'image_data_generator',
  rotation_range: 10,
  width_shift_range: 0.1,
  height_shift_range: 0.1,
  shear_range: 0,
  zoom_range: 0.1,
  horizontal_flip: true,
  vertical_flip: false,
  fill_mode: 'nearest',
  cval: 0,
  apply_to: ['train', 'validation'],
}

const open = async (options: BatchOptions) => {
  const source = await openBatches(options)
  onTestFinished(source.close)
  return source
}
const all = async (batches: AsyncIterable<Batch>) => {
  const found: Batch[] = []
  for await (const batch of batches) found.push(batch)
  return found
}

describe('a batch', () => {
  test('has pixels, one-hot and plain labels of its rows', async () => {
    const batches = await all((await open(plain)).epoch(0))
    expect(batches.map(({ size }) => size)).toEqual([4, 4, 2])
    const [first] = batches as [Batch]
    expect([...first.labels]).toEqual([2, 0, 2, 0])
    expect([...first.y]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0])
    expect([...first.x.subarray(0, 13)]).toEqual([220, 221, 222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 0])
  })

  test('of a gray image as rgb has each pixel three times, augmented too', async () => {
    const rgb: BatchOptions = { ...plain, preprocessing: { rescale: [0, 255], color_mode: 'rgb' } }
    const [first] = (await all((await open(rgb)).epoch(0))) as [Batch]
    expect(first.x.length).toBe(4 * 12 * 3)
    expect([...first.x.subarray(0, 6)]).toEqual([220, 220, 220, 221, 221, 221])
    const gray = batchMaker({ ...plain, augmentation }).make(0, 0).x
    expect(batchMaker({ ...rgb, augmentation }).make(0, 0).x).toEqual(
      Float32Array.from({ length: gray.length * 3 }, (_, at) => gray[Math.floor(at / 3)] as number),
    )
  })

  test('of colour images in gray has their gray, in one channel; as they are, all three', () => {
    const dataset = { ...tinyDataset(4), imageShape: [2, 2, 3] as const }
    const made = (color_mode?: 'grayscale' | 'rgb') =>
      batchMaker({
        ...plain,
        dataset,
        rows: Int32Array.of(1),
        preprocessing: { rescale: [0, 255], ...(color_mode ? { color_mode } : {}) },
      }).make(0, 0).x
    expect([...made()]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31])
    expect(made('rgb')).toEqual(made())
    expect([...made('grayscale')]).toEqual([21, 24, 27, 30]) // 0.299 r + 0.587 g + 0.114 b
  })

  test('has shares of the classes where labels are distributions', () => {
    const targets = new Float32Array(new SharedArrayBuffer(4 * 36))
    for (const at of targets.keys()) targets[at] = at / 64
    const { y, labels } = batchMaker({ ...plain, dataset: { ...plain.dataset, targets }, rows: Int32Array.of(2, 0) }).make(0, 0)
    expect([[...y], [...labels]]).toEqual([
      [6 / 64, 7 / 64, 8 / 64, 0, 1 / 64, 2 / 64],
      [2, 0],
    ])
  })

  test('is larger where images are only evaluated', () => {
    const evaluated = { ...plain, part: 'validation' } as const
    expect(batchMaker(evaluated)).toMatchObject({ steps: 1, images: 10, sizes: [10] })
    expect(batchMaker({ ...evaluated, stepsPolicy: 'floor' })).toMatchObject({ steps: 1, images: 8, sizes: [8] })
    expect([...batchMaker(evaluated).make(0, 0).labels]).toEqual([...plain.rows].map((row) => plain.dataset.labels[row]))
  })

  test('changes an image in the same way wherever in the epoch it comes', () => {
    const one = { ...plain, augmentation, batchSize: 1 }
    const turned = { ...one, rows: one.rows.toReversed() }
    expect(batchMaker(one).make(3, 0).x).toEqual(batchMaker(turned).make(3, 9).x)
    expect(batchMaker(one).make(3, 0).x).not.toEqual(batchMaker(one).make(4, 0).x)
  })
})

describe('the thread', () => {
  test('gives what the function gives, from any step of any epoch, in any order of asking', async () => {
    const options = { ...plain, augmentation, shuffle: true, stepsPolicy: 'floor', batchSize: 3 } as const
    const source = await open(options)
    const { steps } = batchMaker(options)
    await fc.assert(
      fc.asyncProperty(fc.nat(6), fc.nat(steps), async (epoch, fromStep) => {
        const { make } = batchMaker(options)
        const expected = Array.from({ length: steps - fromStep }, (_, at) => make(epoch, fromStep + at))
        expect(await all(source.epoch(epoch, fromStep))).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  test('serves two readers at once, and one that stops early', async () => {
    const source = await open(plain)
    for await (const batch of source.epoch(0)) {
      expect(batch.size).toBe(4)
      break
    }
    const [one, two] = await Promise.all([all(source.epoch(0)), all(source.epoch(1, 1))])
    expect([one.length, two.length]).toEqual([3, 2])
  })

  test('works three batches ahead of its reader, and no more', async () => {
    const source = await open({ ...plain, batchSize: 1 })
    const reader = source.epoch(0)[Symbol.asyncIterator]()
    await reader.next()
    // Asked for later, so made when the others are.
    await source.epoch(1)[Symbol.asyncIterator]().next()
    await source.close()
    for (let step = 1; step <= 3; step++) expect((await reader.next()).value?.size).toBe(1)
    await expect(reader.next()).rejects.toThrow('has ended')
  })

  test('tells its failure to the reader, and nobody else', async () => {
    const source = await open({ ...plain, shuffle: true, seed: 1n as unknown as number })
    await expect(all(source.epoch(0))).rejects.toThrow(/BigInt/)
    await expect(all(source.epoch(1))).rejects.toThrow(/BigInt/)
  })

  test('that is closed answers nothing more', async () => {
    const source = await open(plain)
    const reader = source.epoch(0)[Symbol.asyncIterator]()
    await reader.next()
    await source.close()
    await expect(all(source.epoch(0))).rejects.toThrow('The thread that makes batches has ended.')
    await source.close()
  })
})

test('no whole batch where only whole ones are wanted', async () => {
  const error = await openBatches({ ...plain, stepsPolicy: 'floor', batchSize: 32 }).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(error.message).toBe('The train set has 10 images: not one whole batch of 32.')
})
