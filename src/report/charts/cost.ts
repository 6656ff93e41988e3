import type { TopLevelSpec } from 'vega-lite'
import type { Drawing } from './draw.ts'
import { extentOf } from './scales.ts'
import { config } from './theme.ts'

export type CostPoint = { cell: string; minutes: number; accuracy: number; label: string }
export type TimeShare = { cell: string; part: string; order: number; share: number }

export const PARTS = ['until the first step', 'training steps', 'validation', 'between steps', 'test and record'] as const
/** Colours of the parts, in their order; the legend is theirs. */
export const PART_COLORS = ['var(--rule-strong)', 'var(--measured)', 'var(--agrees)', 'var(--differs)', 'var(--training)'] as const

/** Points that no other beats in both time and accuracy, by time. */
export const frontier = (points: readonly CostPoint[]): CostPoint[] =>
  points
    .filter(
      (one) =>
        !points.some(
          (other) =>
            other !== one &&
            other.minutes <= one.minutes &&
            other.accuracy >= one.accuracy &&
            (other.minutes < one.minutes || other.accuracy > one.accuracy),
        ),
    )
    .toSorted((a, b) => a.minutes - b.minutes)

/** Minutes of a run, on a logarithmic scale, against its test accuracy. `width` in pixels. */
export const costScatter = (points: readonly CostPoint[], width: number): Drawing => {
  const rows = points.map((point) => ({ ...point, accuracy: 100 * point.accuracy }))
  const accuracy = extentOf(
    rows.map((row) => row.accuracy),
    [0, 100],
  ) ?? [0, 100]
  const minutes = rows.map((row) => row.minutes)
  const range = [Math.min(...minutes) / 1.25, Math.max(...minutes) * 1.6]
  const x = {
    field: 'minutes',
    type: 'quantitative',
    scale: { type: 'log', domain: range, nice: false },
    axis: { title: 'minutes a run, log scale', tickCount: 6, format: '~r' },
  }
  const y = {
    field: 'accuracy',
    type: 'quantitative',
    scale: { domain: accuracy, nice: false, zero: false },
    axis: { title: null, tickCount: 6, format: '~r' },
  }
  return {
    datasets: { rows, frontier: frontier(points).map((point) => ({ ...point, accuracy: 100 * point.accuracy })) },
    spec: {
      config,
      data: { name: 'rows' },
      width,
      height: 220,
      title: { text: 'test accuracy, %', fontWeight: 400, fontSize: 11, color: 'var(--muted)' },
      layer: [
        { data: { name: 'frontier' }, mark: { type: 'line', color: 'var(--rule-strong)', strokeWidth: 1.2 }, encoding: { x, y } },
        {
          mark: { type: 'point', filled: true, size: 60, color: 'var(--measured)', opacity: 1 },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'cell' },
              { field: 'minutes', format: '.1f', title: 'minutes a run' },
              { field: 'accuracy', format: '.2f', title: 'accuracy, %' },
            ],
          },
        },
        ...(rows.length <= 12
          ? [
              {
                mark: { type: 'text', align: 'left', dx: 8, fontSize: 10.5, color: 'var(--muted)', limit: 190 },
                encoding: { x, y, text: { field: 'label' } },
              },
            ]
          : []),
      ],
    } as unknown as TopLevelSpec,
  }
}

/** Shares of the wall time by part, a bar a cell. `width` in pixels. */
export const timeBars = (shares: readonly TimeShare[], width: number): Drawing => {
  const sort = [...new Set(shares.map(({ cell }) => cell))]
  const NAMES = Math.min(230, width * 0.5)
  return {
    datasets: { rows: shares.map((one) => ({ ...one, share: 100 * one.share })) },
    spec: {
      config,
      data: { name: 'rows' },
      width: width - NAMES - 14,
      height: sort.length * 22,
      mark: { type: 'bar', height: 12 },
      encoding: {
        y: {
          field: 'cell',
          type: 'ordinal',
          sort,
          scale: { domain: sort },
          axis: { title: null, grid: false, labelColor: 'var(--ink)', labelLimit: NAMES, minExtent: NAMES, maxExtent: NAMES },
        },
        x: {
          field: 'share',
          type: 'quantitative',
          stack: 'zero',
          scale: { domain: [0, 100], nice: false },
          axis: { title: 'share of the wall time, %', tickCount: 5 },
        },
        color: { field: 'part', type: 'nominal', scale: { domain: [...PARTS], range: [...PART_COLORS] }, legend: null },
        order: { field: 'order', type: 'quantitative' },
        tooltip: [{ field: 'cell' }, { field: 'part' }, { field: 'share', format: '.1f', title: '%' }],
      },
    } as unknown as TopLevelSpec,
  }
}
