import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochOrder, epochShape, type OrderOptions } from '../../../src/data/batches/epoch_order.ts'

const base = { batchSize: 4, seed: 0, augmented: false, part: 'train', shuffle: true, stepsPolicy: 'all', evaluationBatch: 4 } as const
const rowsOf = (count: number) => Int32Array.from({ length: count }, (_, row) => 1000 + 7 * row)
const order = (options: OrderOptions, epoch = 0) => epochOrder(options, epoch).map((rows) => [...rows])

const options: fc.Arbitrary<OrderOptions> = fc.record({
  part: fc.constantFrom('train', 'validation', 'test'),
  rows: fc.integer({ min: 1, max: 60 }).map(rowsOf),
  batchSize: fc.integer({ min: 1, max: 20 }),
  shuffle: fc.boolean(),
  stepsPolicy: fc.constantFrom('all', 'floor'),
  seed: fc.nat(9),
  augmented: fc.boolean(),
  evaluationBatch: fc.integer({ min: 1, max: 70 }),
})
const epochs = fc.nat(5)

describe('always', () => {
  test('an epoch has the steps, the images and the batch sizes that are announced', () => {
    fc.assert(
      fc.property(options, epochs, (of, epoch) => {
        const batches = order(of, epoch)
        const { steps, images, sizes } = epochShape(of)
        expect(batches.length).toBe(steps)
        expect(batches.flat().length).toBeLessThanOrEqual(images)
        for (const batch of batches) expect(sizes).toContain(batch.length)
        expect([...sizes].sort((a, b) => b - a)).toEqual(sizes)
      }),
    )
  })

  test('no row comes twice, and with `all` each comes once', () => {
    fc.assert(
      fc.property(options, epochs, (of, epoch) => {
        const seen = order(of, epoch).flat()
        expect(new Set(seen).size).toBe(seen.length)
        if (of.stepsPolicy === 'all') expect(seen.sort((a, b) => a - b)).toEqual([...of.rows])
      }),
    )
  })
})

describe('what Keras does', () => {
  const ten = { ...base, rows: rowsOf(10) }
  const sorted = [...ten.rows]

  test('training images come in another order in each epoch and for each seed', () => {
    const first = order(ten).flat()
    expect(first).not.toEqual(sorted)
    expect(order(ten, 1).flat()).not.toEqual(first)
    expect(order({ ...ten, seed: 1 }).flat()).not.toEqual(first)
    expect(order({ ...ten, shuffle: false }, 3)).toEqual([sorted.slice(0, 4), sorted.slice(4, 8), sorted.slice(8)])
  })

  test('`floor`, training: a random batch is left out, and the small one may be among the others', () => {
    const floor = { ...ten, stepsPolicy: 'floor' } as const
    const shapes = Array.from({ length: 60 }, (_, epoch) =>
      order(floor, epoch)
        .map((batch) => batch.length)
        .join(' '),
    )
    expect(new Set(shapes)).toEqual(new Set(['4 4', '4 2', '2 4']))
    const missing = new Set(
      Array.from({ length: 60 }, (_, epoch) => sorted.filter((row) => !order(floor, epoch).flat().includes(row))).flat(),
    )
    expect(missing.size).toBe(10)
    expect(epochShape(floor)).toEqual({ steps: 2, images: 8, sizes: [4, 2] })
  })

  test('`floor`, training in order: the rest is left out', () => {
    const floor = { ...ten, stepsPolicy: 'floor', shuffle: false } as const
    expect(order(floor)).toEqual([sorted.slice(0, 4), sorted.slice(4, 8)])
    expect(epochShape(floor)).toEqual({ steps: 2, images: 8, sizes: [4] })
  })

  test('`floor`, validation: whole batches; shuffled where augmented, else the first rows', () => {
    const floor = { ...ten, part: 'validation', stepsPolicy: 'floor' } as const
    expect(order(floor, 2)).toEqual([sorted.slice(0, 4), sorted.slice(4, 8)])
    const augmented = { ...floor, augmented: true }
    for (let epoch = 0; epoch < 20; epoch++) expect(order(augmented, epoch).map((batch) => batch.length)).toEqual([4, 4])
    expect(order(augmented, 0)).not.toEqual(order(augmented, 1))
  })

  test('which images are evaluated is the same however many go through the network at once', () => {
    fc.assert(
      fc.property(options, epochs, fc.integer({ min: 1, max: 70 }), (of, epoch, evaluationBatch) => {
        const evaluated = { ...of, part: 'validation' } as const
        expect(order({ ...evaluated, evaluationBatch }, epoch).flat()).toEqual(order(evaluated, epoch).flat())
      }),
    )
  })

  test.each(['validation', 'test'] as const)('`all`, %s: in order', (part) => {
    expect(order({ ...ten, part, augmented: true }, 4).flat()).toEqual(sorted)
  })
})
