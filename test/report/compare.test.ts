import { describe, expect, test } from 'vitest'
import type { Table } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { cellsOf } from '../../src/report/cells.ts'
import { type ComparedTable, comparedTables, compareTable, tallyOf } from '../../src/report/compare.ts'
import { type FakeOptions, fake, PAPER_AXES, PAPER_TABLES, RULE, situations } from './fake.ts'

const compared = (options: FakeOptions): ComparedTable[] => {
  const { study, records } = fake(options)
  return comparedTables(study, cellsOf(study, records))
}

const TABLE = PAPER_TABLES[0] as Table

/** Gives every run these accuracies of the last weights, by seed. */
const accurate =
  (bySeed: readonly number[]) =>
  (record: RunRecord): RunRecord => {
    const { last } = record.evaluation ?? {}
    if (last === undefined) return record
    return { ...record, evaluation: { last: { ...last, accuracy: bySeed[record.seed] ?? 0 } } }
  }

const firstLine = (seeds: readonly number[], accuracies: readonly number[], options: FakeOptions = {}) =>
  compared({ seeds, edit: accurate(accuracies), ...options })[0]?.cells[0]?.lines[0]

describe('verdicts against the claim of 55.75 % on 3,589 images', () => {
  test.each([
    [[0.5575], 'open'],
    [[0.59], 'open'],
    [[0.61], 'differs'],
    [[0.5, 0.6], 'open'],
    [[0.6, 0.601, 0.599], 'differs'],
    [[0.555, 0.556, 0.557], 'agrees'],
    [[0.535, 0.536, 0.534], 'differs'],
    [[0.55, 0.56, 0.57], 'open'],
  ])('%j: %s', (accuracies, verdict) => {
    const seeds = accuracies.map((_, seed) => seed)
    expect(firstLine(seeds, accuracies)?.verdict).toBe(verdict)
  })

  test('none is given for part of the data, drawn images or another file', () => {
    expect(firstLine([0], [0.5575], { limit: 300 })?.verdict).toBe('not_comparable')
    expect(firstLine([0], [0.5575], { synthetic: true })?.verdict).toBe('not_comparable')
    const other = (record: RunRecord): RunRecord => ({ ...record, data: record.data && { ...record.data, md5: 'other' } }) as RunRecord
    expect(compared({ edit: other })[0]?.cells[0]?.lines[0]?.verdict).toBe('not_comparable')
  })

  test('a cell without a claim has none', () => {
    expect(firstLine([0], [0.5], { tables: [{ ...TABLE, claimed: {} }] })?.verdict).toBe('no_claim')
  })
})

describe('lines', () => {
  test('the weights that the recipe asks for come first', () => {
    const weightsOf = (weights: Table['weights']) =>
      compared({ tables: [{ ...TABLE, weights }] })[0]?.cells[0]?.lines.map(({ sample, counts }) => [sample.weights, counts])
    expect(weightsOf('last')).toEqual([
      ['last', true],
      ['best', false],
    ])
    expect(weightsOf('best')).toEqual([
      ['best', true],
      ['last', false],
    ])
  })

  test('one seed’s loss has no interval, and three have one', () => {
    const table: Table = { ...TABLE, value: 'test_loss', claimed: { 'My CNN': { No: 1.1 } } }
    expect(compared({ tables: [table] })[0]?.cells[0]?.lines[0]).toMatchObject({ spread: null, verdict: 'open' })
    expect(compared({ tables: [table], seeds: [0, 1, 2] })[0]?.cells[0]?.lines[0]?.spread).not.toBeNull()
  })

  test.each(['val_accuracy', 'val_loss'] as const)('%s is that of the last epoch and of the epoch of the best weights', (value) => {
    const { study, records } = fake({ tables: [{ ...TABLE, value }] })
    const record = [...records.values()][0]
    const lines = comparedTables(study, cellsOf(study, records))[0]?.cells[0]?.lines
    expect(lines?.map(({ sample }) => sample.mean)).toEqual([record?.history?.[19]?.[value], record?.history?.[14]?.[value]])
  })

  test('a loss that is not finite is left out', () => {
    const noNumbers = (record: RunRecord): RunRecord => ({
      ...record,
      history: record.history?.map((epoch) => ({ ...epoch, val_loss: null })) ?? [],
    })
    expect(compared({ tables: [{ ...TABLE, value: 'val_loss' }], edit: noNumbers })[0]?.cells[0]?.lines).toEqual([])
  })
})

describe('cells of a table', () => {
  test('stand in the order of the axes, each with its claim', () => {
    const cells = compared({})[1]?.cells.map(({ label, claimed }) => [label.replaceAll('\u00a0', ' '), claimed])
    expect(cells).toEqual([
      ['My CNN · augmentation No', 0.4489],
      ['My CNN · augmentation Yes', 0.6512],
      ['VGG16 · augmentation No', 0.6392],
      ['VGG16 · augmentation Yes', 0.6578],
    ])
  })

  test('a claim about a cell that is not in the study is shown without one', () => {
    const [table] = compared({ tables: [{ ...TABLE, claimed: { ResNet: { No: 0.7 } } }] })
    expect(table?.cells.find(({ cell }) => cell === null)).toMatchObject({ claimed: 0.7, lines: [] })
  })

  test('an axis that the table leaves open gives a line for each of its values', () => {
    const [table] = compared({ tables: [{ ...RULE, title: 'All', rows: 'model', columns: 'augmentation' }] })
    expect(table?.cells).toHaveLength(8)
    expect(table?.cells[0]?.label).toContain('batch\u00a0size\u00a04')
  })

  test('an axis that does not exist gives no cells', () => {
    expect(compareTable({ ...TABLE, rows: 'depth', claimed: {} }, { axes: PAPER_AXES }, []).cells).toEqual([])
  })

  test('a study without tables shows all its cells', () => {
    const { study, records } = situations.lone()
    expect(comparedTables(study, cellsOf(study, records))[0]?.cells.map(({ label }) => label)).toEqual(['the recipe as written'])
  })
})

test('a table whose where fixes its own column axis has that one column, with its name', () => {
  const [table] = compared({
    tables: [{ ...RULE, title: 'Batch size 32', where: { batch_size: 32 }, rows: 'model', columns: 'batch_size' }],
  })
  expect(table?.cells.map(({ label }) => label.replaceAll('\u00a0', ' '))).toEqual([
    'My CNN · batch size 32 · augmentation No',
    'My CNN · batch size 32 · augmentation Yes',
    'VGG16 · batch size 32 · augmentation No',
    'VGG16 · batch size 32 · augmentation Yes',
  ])
  expect(table?.where).toBeNull()
})

test('claims are counted by the weights that count, cells that were not run too', () => {
  const { study, records } = situations.mixed()
  expect(tallyOf(comparedTables(study, cellsOf(study, records)))).toEqual({
    claims: 8,
    agrees: 0,
    differs: 1,
    open: 1,
    not_comparable: 0,
    not_run: 6,
  })
})

test('the validation number stands beside the test number', () => {
  const { study, records } = fake({ seeds: [0, 1] })
  const [line] = comparedTables(study, cellsOf(study, records))[0]?.cells[0]?.lines ?? []
  const [first, second] = [...records.values()].map(({ history }) => history?.at(-1)?.val_accuracy ?? Number.NaN)
  expect(line?.sample.validation).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 12)
})
