import type { Element } from 'hast'
import { s } from 'hastscript'
import { scale as vegaScale } from 'vega'
import type { ComparedTable, Line } from '../compare.ts'
import { percent, significant } from '../format.ts'

/** Where a number lies between the left (0) and right (1) edge of a plot, and the numbers that get a grid line. */
export type PlotScale = { at: (value: number) => number; ticks: readonly { value: number; label: string }[] }

const HEIGHT = 22
const MIDDLE = HEIGHT / 2
const TICKS = 3
/** Free room beside the outermost number, as a share of the range. */
const MARGIN = 0.06

/** One scale for a table: its claims, measured numbers and intervals. Null where there are none. */
export const plotScale = ({ cells, measure }: ComparedTable): PlotScale | null => {
  const values = cells.flatMap(({ claimed, lines }) =>
    [claimed ?? [], lines.map(({ sample, spread }) => [sample.mean, ...(spread?.interval ?? [])])].flat(2),
  )
  if (values.length === 0) return null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(MARGIN * (high - low), measure.scale === 'share' ? 0.01 : 0.001 * Math.abs(high) + Number.EPSILON)
  const linear = vegaScale('linear')()
    .domain([low - room, high + room])
    .range([0, 1])
  const ticks: number[] = linear.ticks(TICKS)
  const digits = (ticks[1] ?? 1) - (ticks[0] ?? 0) < 0.00999 ? 1 : 0
  const label = (value: number) => (measure.scale === 'share' ? percent(value, digits) : significant(value))
  return { at: linear, ticks: ticks.map((value) => ({ value, label: label(value) })) }
}

const x = (scale: PlotScale, value: number): string => `${(100 * scale.at(value)).toFixed(2)}%`

const grid = (scale: PlotScale): Element[] =>
  scale.ticks.map(({ value }) => s('line.grid', { x1: x(scale, value), x2: x(scale, value), y1: 0, y2: HEIGHT }))

/** Numbers over the columns of plots. */
export const plotAxis = (scale: PlotScale): Element =>
  s(
    'svg.dots.axis',
    { height: 14, ariaHidden: 'true' },
    scale.ticks.map(({ value, label }) => s('text', { x: x(scale, value), y: 11 }, label)),
  )

/** A measured number as a dot on its interval, the claim as a diamond. Says nothing that the row's numbers do not say. */
export const dotPlot = (line: Pick<Line, 'sample' | 'spread'> | null, claimed: number | null, scale: PlotScale): Element =>
  s(
    'svg.dots',
    { height: HEIGHT, ariaHidden: 'true' },
    grid(scale),
    line?.spread
      ? s('line.interval', { x1: x(scale, line.spread.interval[0]), x2: x(scale, line.spread.interval[1]), y1: MIDDLE, y2: MIDDLE })
      : null,
    claimed === null
      ? null
      : s('svg', { x: x(scale, claimed), y: MIDDLE, overflow: 'visible' }, s('path.claimed', { d: 'M0-6L6 0L0 6L-6 0Z' })),
    line === null ? null : s('circle.measured', { cx: x(scale, line.sample.mean), cy: MIDDLE, r: 4 }),
  )
