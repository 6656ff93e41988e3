import type { Chart } from '../../../schema/recipe.ts'
import type { Cell } from '../cells.ts'
import type { Weights } from '../measures.ts'
import type { Figure } from './figure.ts'

/** The study's cells, which weights count, and a name for the figure that is unique in the page. */
export type ChartContext = { id: string; cells: readonly Cell[]; weights: Weights }

/** A kind of chart: from the recipe's words to a figure, or null where there is nothing to show. Pure. */
export type ChartRow<C extends Chart> = (chart: C, context: ChartContext) => Figure | null
