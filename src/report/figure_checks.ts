import type { Chart, ChartConfusionMatrix } from '../../schema/recipe.ts'
import type { Cell } from './cells.ts'
import type { ComparedTable } from './compare.ts'
import { accuracy, right, total } from './metrics.ts'

/** What one of the paper's confusion matrices says of the paper's own tables and of our test images. */
export type FigureCheck = {
  title: string
  right: number
  total: number
  accuracy: number
  /** Cells whose claimed accuracy is the matrix's, to two decimals of a percentage. */
  matches: readonly string[]
  /** Whether the matrix has as many images of each class as our test images have; null where nothing was measured. */
  sameCounts: boolean | null
}

/** Half of the last decimal that a percentage is printed with, and a little for binary fractions. */
const ROUNDING = 0.000051

/** The paper's matrices held against its tables; only where it has both. */
export const figureChecks = (charts: readonly Chart[], tables: readonly ComparedTable[], cells: readonly Cell[]): FigureCheck[] =>
  charts.flatMap((chart) =>
    chart.kind === 'confusion_matrix' && chart.claimed !== undefined ? [checkOf(chart, chart.claimed, tables, cells)] : [],
  )

const checkOf = (
  chart: ChartConfusionMatrix,
  matrix: readonly (readonly number[])[],
  tables: readonly ComparedTable[],
  cells: readonly Cell[],
): FigureCheck => {
  const share = accuracy(matrix)
  const claims = tables.filter(({ measure }) => measure.scale === 'share').flatMap((table) => table.cells)
  const counts = cells.flatMap(({ records }) => records).find(({ data }) => data !== undefined)?.data?.counts.test
  const matches = claims.filter(({ claimed }) => claimed !== null && Math.abs(claimed - share) < ROUNDING)
  return {
    title: chart.title,
    right: right(matrix),
    total: total(matrix),
    accuracy: share,
    matches: matches.map(({ cell, label }) => cell?.label ?? label),
    sameCounts:
      counts === undefined ? null : counts.length === matrix.length && counts.every((one, index) => one === sum(matrix[index] ?? [])),
  }
}

const sum = (row: readonly number[]): number => row.reduce((all, one) => all + one, 0)
