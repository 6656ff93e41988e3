import { csvParse } from 'd3-dsv'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { formats } from '../../../src/report/tidy/formats.ts'
import { tidyTables } from '../../../src/report/tidy/tables.ts'
import { situations } from '../fake.ts'

const records = [...situations.mixed().records.values()]
const [first] = records
if (!first) throw new Error('no record')
const probabilities = [0, 0, 0.25, 0.75, 0, 0, 0]
const tables = tidyTables(records, [
  { record: first, weights: 'best', row: 7, label: 3, probabilities },
  { record: first, weights: 'best', row: 9, label: 0, probabilities },
])

const read = async (table: keyof typeof tables) => {
  const bytes = formats.parquet(tables[table])
  return parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer })
}

test('one row a run, an epoch, a class and an image', () => {
  const lengths = Object.fromEntries(Object.entries(tables).map(([name, { columns }]) => [name, columns[0]?.values.length]))
  const done = records.filter(({ status }) => status === 'done')
  const evaluations = done.reduce((sum, { evaluation }) => sum + Object.keys(evaluation ?? {}).length, 0)
  expect(lengths).toEqual({
    runs: records.length,
    epochs: records.reduce((sum, { history = [] }) => sum + history.length, 0),
    classes: 7 * evaluations,
    predictions: 2,
  })
})

describe('Parquet and CSV say the same', () => {
  test.each(Object.keys(tables) as (keyof typeof tables)[])('%s', async (name) => {
    const rows = await read(name)
    const lines = csvParse(formats.csv(tables[name]))
    expect(lines).toHaveLength(rows.length)
    const text = (value: unknown) =>
      value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value)
    const texts = rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, text(value)])))
    expect([...lines]).toEqual(texts)
  })
})

test('types are those of Parquet: whole numbers, times, yes and no', async () => {
  const [run] = await read('runs')
  expect(run).toMatchObject({
    run: first.id,
    'cell.model': first.cell.model,
    seed: BigInt(first.seed),
    synthetic: false,
    last_test_accuracy: first.evaluation?.last?.accuracy,
    started_at: new Date(first.provenance.started_at),
  })
})

test('what was predicted has its class by name and its probability', async () => {
  expect(await read('predictions')).toMatchObject([
    { row: 7n, label: 'Happy', predicted: 'Happy', right: true, 'p.Happy': 0.75, 'p.Fear': 0.25 },
    { row: 9n, label: 'Angry', predicted: 'Happy', right: false },
  ])
})

test('a name with a comma, quote or new line is one field of CSV', () => {
  const table = tidyTables([{ ...first, study: { ...first.study, title: 'a, "b"\nc' } }], [])
  expect(csvParse(formats.csv(table.runs))[0]?.study).toBe('a, "b"\nc')
})

test('no run at all is a table without rows', async () => {
  const { runs } = tidyTables([], [])
  expect(formats.csv(runs).split('\n')).toHaveLength(2)
  expect(formats.parquet(runs).length).toBeGreaterThan(0)
})
