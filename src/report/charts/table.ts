import type { Chart } from '../../../schema/recipe.ts'
import { matches } from '../cells.ts'
import type { ChartContext, ChartRow } from './chart.ts'
import { confusionFigure } from './confusion_matrix.ts'
import type { Figure } from './figure.ts'
import { learningCurves } from './learning_curves.ts'

type ChartOf<K extends Chart['kind']> = Extract<Chart, { kind: K }>

/** One row per kind of chart. */
export const charts: { [K in Chart['kind']]: ChartRow<ChartOf<K>> } = {
  confusion_matrix: confusionFigure,
  learning_curves: ({ title, where }, { id, cells }) =>
    learningCurves(
      cells.filter(({ values }) => matches(values, where)),
      { id, title },
    ),
}

/** What a recipe's chart shows of the study's cells, or null where there is nothing to show. */
export const chartFigure = <K extends Chart['kind']>(chart: ChartOf<K> & { kind: K }, context: ChartContext): Figure | null =>
  charts[chart.kind](chart, context)
