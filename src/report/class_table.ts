import { from, op } from 'arquero'
import type { Cell } from './cells.ts'
import type { Weights } from './measures.ts'
import { averages, type ClassMetrics, classMetrics } from './metrics.ts'

/** Mean over the seeds of a cell; `support` is that of one seed. */
export type ClassRow = ClassMetrics & { name: string }

/** Precision, recall and F1 of each class, then their two averages, under one set of weights; empty where it was not measured. */
export const classRows = (cell: Cell, weights: Weights): ClassRow[] => {
  const rows = cell.records.flatMap((record) => {
    const matrix = record.evaluation?.[weights]?.confusion_matrix
    return matrix === undefined ? [] : rowsOf(record.data?.classes ?? [], matrix)
  })
  if (rows.length === 0) return []
  return from(rows)
    .groupby('order', 'name')
    .rollup({ precision: op.mean('precision'), recall: op.mean('recall'), f1: op.mean('f1'), support: op.mean('support') })
    .orderby('order')
    .objects() as ClassRow[]
}

const rowsOf = (names: readonly string[], matrix: readonly (readonly number[])[]): (ClassRow & { order: number })[] => {
  const classes = classMetrics(matrix)
  const { macro, weighted } = averages(classes)
  const named = classes.map((one, index) => ({ ...one, name: names[index] ?? `class ${index}` }))
  const rows = [...named, { ...macro, name: 'macro average' }, { ...weighted, name: 'weighted average' }]
  return rows.map((row, order) => ({ ...row, order }))
}
