import type { Chart } from '../../schema/recipe.ts'
import { type Cell, matches } from './cells.ts'
import { bothWeights, measures, type Weights } from './measures.ts'
import { type ConfusionMatrix, meanMatrix } from './metrics.ts'
import { mean } from './statistics/mean.ts'

/** The cell whose classes are looked at, its mean confusion matrix, and the paper's of the same cell, if it shows one. */
export type Focus = { cell: Cell; matrix: ConfusionMatrix; weights: Weights; claimed: ConfusionMatrix | null; classes: readonly string[] }

/** The measured cell of the paper's last figure of one cell, else the cell with the highest test accuracy; null where none was measured. */
export const focusOf = (charts: readonly Chart[], cells: readonly Cell[], asked: Weights): Focus | null => {
  const figures = charts.flatMap((chart) => (chart.kind === 'confusion_matrix' && chart.claimed !== undefined ? [chart] : []))
  const candidates = figures.toReversed().flatMap((chart) => {
    const found = cells.filter(({ values, records }) => records.length > 0 && matches(values, chart.where))
    return found.length === 1 && found[0] !== undefined ? [{ cell: found[0], claimed: chart.claimed ?? null }] : []
  })
  const best = cells.toSorted((a, b) => accuracyOf(b, asked) - accuracyOf(a, asked))[0]
  const chosen = candidates[0] ?? (best === undefined ? undefined : { cell: best, claimed: null })
  const found = chosen === undefined ? null : matrixOf(chosen.cell, asked)
  if (chosen === undefined || found === null) return null
  const names = chosen.cell.records[0]?.data?.classes ?? []
  const classes = found.matrix.map((_, index) => names[index] ?? `class ${index}`)
  return { ...chosen, ...found, classes, claimed: chosen.claimed?.length === found.matrix.length ? chosen.claimed : null }
}

const accuracyOf = (cell: Cell, weights: Weights): number => {
  const values = cell.records.flatMap((record) => measures.test_accuracy.of(record, weights) ?? [])
  return values.length === 0 ? Number.NEGATIVE_INFINITY : mean(values)
}

const matrixOf = (cell: Cell, asked: Weights): Pick<Focus, 'matrix' | 'weights'> | null => {
  for (const weights of [asked, ...bothWeights.filter((one) => one !== asked)]) {
    const matrices = cell.records.map(({ evaluation }) => evaluation?.[weights]?.confusion_matrix).filter((one) => one !== undefined)
    if (matrices.length > 0) return { matrix: meanMatrix(matrices), weights }
  }
  return null
}
