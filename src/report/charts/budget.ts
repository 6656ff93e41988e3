import type { TopLevelSpec } from 'vega-lite'
import type { Variation } from '../budget.ts'
import { fixed } from '../format.ts'
import type { Drawing } from './draw.ts'
import { config } from './theme.ts'

const STEP = 46
const ROOM = 1.12

/** Bars of half-widths on one scale in points, the margin dashed. `width` in pixels. */
export const budgetBars = (sources: readonly Variation[], margin: number | null, width: number): Drawing => {
  const sort = sources.map(({ source }) => source)
  const most = ROOM * Math.max(...sources.map(({ points }) => points), margin ?? 0)
  const y = { field: 'source', type: 'ordinal', sort, axis: null, scale: { domain: sort, paddingInner: 0, paddingOuter: 0 } }
  const x = { scale: { domain: [0, most], nice: false }, axis: { title: 'points of accuracy, half-width', tickCount: 5, format: '~r' } }
  const color = {
    field: 'kind',
    type: 'nominal',
    scale: { domain: ['noise', 'choice'], range: ['var(--measured)', 'var(--training)'] },
    legend: null,
  }
  return {
    datasets: { rows: sources.map((one) => ({ ...one, label: fixed(one.points, 2) })), margin: margin === null ? [] : [{ margin }] },
    spec: {
      config,
      data: { name: 'rows' },
      width,
      height: sources.length * STEP,
      layer: [
        { mark: { type: 'rule', yOffset: STEP / 2, color: 'var(--rule)' }, encoding: { y } },
        {
          mark: { type: 'bar', height: 9, yOffset: 9 },
          encoding: {
            y,
            x: { field: 'points', type: 'quantitative', ...x },
            color,
            tooltip: [{ field: 'source' }, { field: 'points', format: '.2f', title: 'points' }, { field: 'how', title: 'from' }],
          },
        },
        {
          data: { name: 'margin' },
          mark: { type: 'rule', color: 'var(--agrees)', strokeDash: [3, 3], strokeWidth: 1.3 },
          encoding: { x: { field: 'margin', type: 'quantitative' } },
        },
        { mark: { type: 'text', x: 0, align: 'left', dy: -8, fontSize: 12 }, encoding: { y, text: { field: 'source' } } },
        {
          mark: { type: 'text', align: 'left', dx: 6, dy: 9, fontSize: 11, fontWeight: 600 },
          encoding: { y, x: { field: 'points', type: 'quantitative' }, text: { field: 'label' } },
        },
      ],
    } as unknown as TopLevelSpec,
  }
}
