import type { Chart } from '../../../schema/recipe.ts'
import type { Cell } from '../cells.ts'
import type { ChartRow, ChartView } from './chart.ts'
import { confusion_matrix } from './confusion_matrix.ts'
import { learning_curves } from './learning_curves.ts'

type ChartOf<K extends Chart['kind']> = Extract<Chart, { kind: K }>

/** One row per kind of chart. */
export const charts: { [K in Chart['kind']]: ChartRow<ChartOf<K>> } = { confusion_matrix, learning_curves }

/** What a recipe's chart shows of the study's cells, or null where there is nothing to show. */
export const chartView = <K extends Chart['kind']>(chart: ChartOf<K> & { kind: K }, cells: readonly Cell[]): ChartView | null =>
  charts[chart.kind](chart, cells)
