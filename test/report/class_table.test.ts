import { expect, test } from 'vitest'
import { cellsOf } from '../../src/report/cells.ts'
import { classRows } from '../../src/report/class_table.ts'
import { classMetrics, meanMatrix } from '../../src/report/metrics.ts'
import { CLASSES, fake, situations } from './fake.ts'

test('rows are the classes in order and two averages', () => {
  const { study, records } = situations.full()
  const rows = cellsOf(study, records).map((cell) => classRows(cell, 'last'))
  expect(rows[0]?.map(({ name }) => name)).toEqual([...CLASSES, 'macro average', 'weighted average'])
})

test('the mean over seeds of recall is the recall of the mean matrix', () => {
  const { study, records } = situations.full()
  const [cell] = cellsOf(study, records)
  const matrices = cell?.records.map(({ evaluation }) => evaluation?.last?.confusion_matrix ?? []) ?? []
  const expected = classMetrics(meanMatrix(matrices))
  if (cell === undefined) expect.fail('no cell')
  for (const [index, row] of classRows(cell, 'last').slice(0, CLASSES.length).entries())
    expect(row.recall).toBeCloseTo(expected[index]?.recall ?? -1, 12)
})

test('a cell without such an evaluation has no rows', () => {
  const { study, records } = fake({ edit: (record) => ({ ...record, evaluation: {} }) })
  expect(cellsOf(study, records).flatMap((cell) => classRows(cell, 'best'))).toEqual([])
})
