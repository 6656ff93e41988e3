import type { TopLevelSpec } from 'vega-lite'
import type { Cell } from '../cells.ts'
import { markShape, signOf } from './callback_sign.ts'
import { bestPointsOf, type Mark, marksOf, type Point, pointsOf } from './history.ts'
import { config } from './theme.ts'

const WIDTH = 212
const HEIGHT = 104
/** Up to this many epochs every one gets a dot: a line through one or two points cannot be seen. */
const FEW_EPOCHS = 6
type Quantity = 'loss' | 'accuracy'
type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

/** What all pictures of a chart have in common: the last epoch, and the range of losses, or null where each has its own. */
export type Frame = { epochs: number; loss: [number, number] | null }

const lines = (points: readonly Point[], quantity: Quantity, frame: Frame): Layer => ({
  data: { values: points.map(({ seed, epoch, part, [quantity]: value }) => ({ seed, epoch, part, value })) },
  mark: { type: 'line', strokeWidth: 1.7, point: frame.epochs <= FEW_EPOCHS ? { size: 22, filled: true } : false },
  encoding: {
    y: {
      field: 'value',
      type: 'quantitative',
      axis: { title: null, tickCount: 4, domain: false, ticks: false, ...(quantity === 'accuracy' ? { format: '.0%' } : {}) },
      scale: quantity === 'accuracy' ? { domain: [0, 1] } : { ...(frame.loss === null ? {} : { domain: frame.loss }), zero: true },
    },
    color: {
      field: 'part',
      type: 'nominal',
      scale: { domain: ['training', 'validation'], range: ['var(--training)', 'var(--validation)'] },
      legend: null,
    },
    strokeDash: {
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
    },
    detail: { field: 'seed', type: 'nominal' },
  },
})

const eventLayers = (marks: readonly Mark[]): Layer[] => {
  const values = marks.flatMap(({ epoch, callback }) => {
    const sign = signOf(callback)
    return sign ? [{ epoch, shape: markShape(sign) }] : []
  })
  if (values.length === 0) return []
  const shape = { field: 'shape', type: 'nominal', scale: null, legend: null } as const
  return [
    { data: { values }, mark: { type: 'rule', color: 'var(--muted)', strokeWidth: 1, strokeDash: [1, 2] } },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: 38, opacity: 1, color: 'var(--ink)' },
      encoding: { y: { value: 0 }, shape },
    },
  ]
}

const bestLayers = (points: readonly Point[], quantity: Quantity): Layer[] => {
  const values = points.filter((point) => point[quantity] !== null).map(({ epoch, [quantity]: value }) => ({ epoch, value }))
  if (values.length === 0) return []
  const mark = {
    type: 'point',
    filled: true,
    fill: 'var(--page)',
    stroke: 'var(--validation)',
    strokeWidth: 1.6,
    size: 46,
    opacity: 1,
  } as const
  return [{ data: { values }, mark, encoding: { y: { field: 'value', type: 'quantitative' } } }]
}

const plot = (cell: Cell, quantity: Quantity, frame: Frame) => {
  return {
    title: quantity === 'loss' ? 'Loss' : 'Accuracy',
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: 'epoch',
        type: 'quantitative',
        scale: { domain: frame.epochs <= FEW_EPOCHS ? [0.75, frame.epochs + 0.25] : [1, frame.epochs], nice: false },
        axis: {
          title: quantity === 'loss' ? null : 'epoch',
          labels: quantity !== 'loss',
          grid: false,
          tickMinStep: 1,
          tickCount: 6,
          format: 'd',
        },
      },
    },
    layer: [...eventLayers(marksOf(cell)), lines(pointsOf(cell), quantity, frame), ...bestLayers(bestPointsOf(cell), quantity)],
  }
}

/** Loss above accuracy over the epochs of one cell. */
export const learningCurveSpec = (cell: Cell, frame: Frame): TopLevelSpec => ({
  config,
  spacing: 10,
  vconcat: [plot(cell, 'loss', frame), plot(cell, 'accuracy', frame)] as Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'],
})
