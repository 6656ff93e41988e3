import type { TopLevelSpec } from 'vega-lite'
import type { Drawing } from './draw.ts'
import { config } from './theme.ts'

const WIDTH = 196
const HEIGHT = 116
const ROW = 8
/** Up to this many epochs every one gets a dot: a line through one or two points cannot be seen. */
const FEW_EPOCHS = 6

/** One point of a line. `of`: one seed's, or the mean over seeds. */
export type CurvePoint = { epoch: number; part: 'training' | 'validation'; seed: number; of: 'seed' | 'mean'; value: number }
export type CurveData = {
  points: readonly CurvePoint[]
  best: readonly { epoch: number; value: number }[]
  /** In the strip above, a row a seed. */
  events: readonly { epoch: number; seed: number; shape: string; what: string }[]
}

/** What the panels of a figure have in common. */
export type CurveFrame = {
  epochs: number
  seeds: readonly number[]
  domain: readonly [number, number]
  log: boolean
  /** Of the numbers on the axis: `.0%`-like formats are not used, accuracies are given in percent. */
  format: string
}

const color = {
  field: 'part',
  type: 'nominal',
  scale: { domain: ['training', 'validation'], range: ['var(--training)', 'var(--measured)'] },
  legend: null,
}
const dash = {
  field: 'part',
  type: 'nominal',
  scale: {
    domain: ['training', 'validation'],
    range: [
      [4, 3],
      [1, 0],
    ],
  },
  legend: null,
}

/** A small panel of lines over epochs (1-based), what callbacks did in a strip above it. */
export const curvePanel = ({ points, best, events }: CurveData, frame: CurveFrame): Drawing => ({
  spec: { config, spacing: 4, resolve: { scale: { x: 'shared' } }, vconcat: [strip(frame), plot(frame)] } as unknown as TopLevelSpec,
  datasets: { points, best, events },
})

const strip = (frame: CurveFrame) => ({
  width: WIDTH,
  height: Math.max(1, frame.seeds.length) * ROW,
  data: { name: 'events' },
  encoding: {
    y: {
      field: 'seed',
      type: 'ordinal',
      scale: { domain: [...frame.seeds], paddingInner: 0, paddingOuter: 0 },
      axis: { title: null, labels: false, grid: true, tickBand: 'center' },
    },
    x: xOf(frame, null),
  },
  layer: [
    {
      mark: { type: 'point', filled: true, size: 22, opacity: 1, color: 'var(--ink)' },
      encoding: {
        shape: { field: 'shape', type: 'nominal', scale: null, legend: null },
        tooltip: [{ field: 'epoch' }, { field: 'seed' }, { field: 'what', title: 'what' }],
      },
    },
  ],
})

const xOf = ({ epochs }: CurveFrame, axis: object | null) => ({
  field: 'epoch',
  type: 'quantitative',
  scale: { domain: epochs <= FEW_EPOCHS ? [0.75, epochs + 0.25] : [1, epochs], nice: false },
  axis,
})

const plot = (frame: CurveFrame) => ({
  width: WIDTH,
  height: HEIGHT,
  encoding: {
    x: xOf(frame, { title: null, grid: false, tickMinStep: 1, tickCount: 5, format: 'd', domain: true, domainColor: 'var(--rule-strong)' }),
    y: {
      field: 'value',
      type: 'quantitative',
      scale: { domain: [...frame.domain], nice: false, ...(frame.log ? { type: 'log' } : { zero: false }) },
      axis: { title: null, tickCount: 4, format: frame.format, minExtent: 26, maxExtent: 26 },
    },
  },
  layer: [
    linesOf('seed', { strokeWidth: 1, opacity: 0.45 }),
    linesOf('mean', { strokeWidth: 2.1, point: frame.epochs <= FEW_EPOCHS ? { size: 22, filled: true } : false }),
    {
      data: { name: 'best' },
      mark: {
        type: 'point',
        filled: true,
        fill: 'var(--page)',
        stroke: 'var(--measured)',
        strokeWidth: 1.7,
        size: 44,
        opacity: 1,
      },
      encoding: { y: { field: 'value', type: 'quantitative' } },
    },
  ],
})

const linesOf = (of: 'seed' | 'mean', mark: object) => ({
  data: { name: 'points' },
  transform: [{ filter: `datum.of === '${of}'` }],
  mark: { type: 'line', ...mark },
  encoding: { y: { field: 'value', type: 'quantitative' }, color, strokeDash: dash, detail: { field: 'seed', type: 'nominal' } },
})
