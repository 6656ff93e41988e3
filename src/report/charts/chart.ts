import type { TopLevelSpec } from 'vega-lite'
import type { Chart } from '../../../schema/recipe.ts'
import type { Cell } from '../cells.ts'
import type { DataTable } from '../data_table.ts'

/** One picture of a chart; pictures flow into as many columns as the screen has room for. */
export type Panel = {
  title: string
  /** Numbers in words under the title. */
  caption: string | null
  /** What the picture shows, for those who do not see it. */
  description: string
  /** Vega-Lite, or null where there is nothing to draw: then the caption says why. */
  spec: TopLevelSpec | null
}

/** A sign of the legend: a line or a mark of a colour (a custom property of theme.css) and what it stands for. */
export type LegendEntry = { label: string; sign: 'line' | 'dashed' | 'circle' | 'triangle' | 'square' | 'diamond' | 'cross'; color: string }

export type ChartView = {
  panels: readonly Panel[]
  legend: readonly LegendEntry[]
  notes: readonly string[]
  /** The numbers behind the pictures. */
  data: readonly DataTable[]
}

/** A kind of chart: from the recipe's words and the study's cells to pictures, or null where there is nothing to show. Pure. */
export type ChartRow<C extends Chart> = (chart: C, cells: readonly Cell[]) => ChartView | null
