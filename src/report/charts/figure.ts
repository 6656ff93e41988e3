import type { DataTable } from '../data_table.ts'
import type { Drawing } from './draw.ts'

/** One picture of a figure. */
export type Picture = {
  /** Above the picture; null where the figure's own title says it all. */
  title: string | null
  /** Numbers in words under the title. */
  caption: string | null
  /** What the picture shows, for those who do not see it. */
  description: string
  /** Null where there is nothing to draw: then the caption says why. */
  drawing: Drawing | null
  /** The same for a narrow screen, where the picture is more than a small one that flows. */
  narrow?: Drawing
}

/** Signs of a legend; page/legend.ts draws them. */
export type LegendSign =
  | 'claimed'
  | 'claimed_interval'
  | 'measured'
  | 'seed'
  | 'band'
  | 'training'
  | 'validation'
  | 'one_seed'
  | 'best'
  | 'triangle'
  | 'square'
  | 'diamond'
  | 'cross'
  | 'more'
  | 'fewer'
  | 'bar'
  | 'gap'
/** A sign of its own, or a patch of a colour (a custom property of theme.css). */
export type LegendEntry = { sign: LegendSign; label: string } | { sign: 'patch'; color: string; label: string }

/** One way to look at a figure, chosen by its label where there are several. */
export type View = { label: string; pictures: readonly Picture[] }

/** A figure of the page: one finding as its title, how to read it below, its pictures, and the numbers behind them. */
export type Figure = {
  /** Unique in the page; also the name of its files. */
  id: string
  title: string
  reading: string
  legend: readonly LegendEntry[]
  /** Pictures beside each other on a wide screen. */
  columns: 1 | 2 | 3 | 4
  /** At least one; the first is shown. */
  views: readonly View[]
  /** What the views are of, where there are several: `Weights`. */
  choice?: string
  tables: readonly DataTable[]
}
