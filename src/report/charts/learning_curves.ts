import type { Cell } from '../cells.ts'
import { listed, plural, significant } from '../format.ts'
import { mean } from '../statistics/mean.ts'
import { markShape, signOf } from './callback_sign.ts'
import { type CurveData, type CurveFrame, type CurvePoint, curvePanel } from './curve_spec.ts'
import type { Figure, LegendEntry, Picture, View } from './figure.ts'
import { bestPointsOf, marksOf, notFinite, type Point, pointsOf } from './history.ts'
import { historyTables } from './history_table.ts'

/** Where the worst loss is this much higher than the best cell's, one scale for all would hide all but one. */
const SHARED_SCALE_UP_TO = 8
/** More panels than this are folded away. */
export const MOST_PANELS = 16

type Quantity = 'accuracy' | 'loss'

/** Accuracy and loss by epoch, a panel a cell on one scale; null where no cell has epochs. `id` is unique in the page. */
export const learningCurves = (cells: readonly Cell[], { id, title }: { id: string; title: string | null }): Figure | null => {
  const shown = cells.filter((cell) => pointsOf(cell).length > 0)
  if (shown.length === 0) return null
  const shared = isShared(shown)
  const views = KINDS.flatMap((kind) => viewOf(kind, shown, shared))
  if (views.length === 0) return null
  return {
    id,
    title: title ?? titleOf(shown),
    reading: readingOf(shown, shared),
    legend: legendOf(shown),
    columns: 4,
    views,
    choice: 'Show',
    tables: historyTables(shown),
  }
}

type Kind = { label: string; quantity: Quantity; log: boolean }

const KINDS: readonly Kind[] = [
  { label: 'accuracy, %', quantity: 'accuracy', log: false },
  { label: 'loss', quantity: 'loss', log: false },
  { label: 'loss, log', quantity: 'loss', log: true },
]

/** Whether one scale of losses shows all cells. */
const isShared = (cells: readonly Cell[]): boolean => {
  const tops = cells.map((cell) => rangeOf([dataOf(cell, 'loss')])?.[1] ?? 0).filter((top) => top > 0)
  return tops.length === 0 || Math.max(...tops) <= SHARED_SCALE_UP_TO * Math.min(...tops)
}

const rangeOf = (data: readonly CurveData[]): [number, number] | null => {
  const values = data.flatMap(({ points }) => points.map(({ value }) => value))
  return values.length === 0 ? null : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}

const dataOf = (cell: Cell, quantity: Quantity): CurveData => ({
  points: linesOf(cell, quantity),
  best: bestPointsOf(cell).flatMap((point) => {
    const value = numberOf(point, quantity)
    return value === null ? [] : [{ epoch: point.epoch, value }]
  }),
  events: eventsOf(cell).map(({ seed, epoch, sign, message }) => ({ seed, epoch, shape: markShape(sign), what: message })),
})

const linesOf = (cell: Cell, quantity: Quantity): CurvePoint[] => {
  const seedLines = pointsOf(cell).flatMap((point): CurvePoint[] => {
    const value = numberOf(point, quantity)
    return value === null ? [] : [{ epoch: point.epoch, part: point.part, seed: point.seed, of: 'seed', value }]
  })
  const means = (['training', 'validation'] as const).flatMap((part) =>
    meanLine(
      seedLines.filter((point) => point.part === part),
      cell.records.length,
    ),
  )
  return [...seedLines, ...means]
}

const numberOf = (point: Point, quantity: Quantity): number | null => {
  const value = point[quantity]
  return value === null || quantity === 'loss' ? value : 100 * value
}

/** The mean over seeds of one part, for the epochs that all seeds reached. */
const meanLine = (points: readonly CurvePoint[], seeds: number): CurvePoint[] =>
  [...new Set(points.map(({ epoch }) => epoch))].flatMap((epoch) => {
    const at = points.filter((point) => point.epoch === epoch)
    const [first] = at
    return first === undefined || at.length < seeds ? [] : [{ ...first, seed: -1, of: 'mean', value: mean(at.map(({ value }) => value)) }]
  })

/** What callbacks did that has a sign. */
const eventsOf = (cell: Cell) =>
  marksOf(cell).flatMap((mark) => {
    const sign = signOf(mark.callback)
    return sign === null ? [] : [{ ...mark, sign }]
  })

const viewOf = ({ label, quantity, log }: Kind, cells: readonly Cell[], shared: boolean): View[] => {
  const data = cells.map((cell) => dataOf(cell, quantity))
  const all = rangeOf(data)
  if (all === null || (log && all[0] <= 0)) return []
  const epochs = Math.max(...cells.flatMap(pointsOf).map(({ epoch }) => epoch))
  const seeds = [...new Set(cells.flatMap(({ records }) => records.map(({ seed }) => seed)))].sort((a, b) => a - b)
  const pictures = cells.map((cell, index): Picture => {
    const own = data[index] as CurveData
    const range = quantity === 'accuracy' || shared || log ? all : (rangeOf([own]) ?? all)
    const frame: CurveFrame = { epochs, seeds, domain: domainOf(range, quantity, log), log, format: quantity === 'accuracy' ? 'd' : '~g' }
    return { title: cell.label, caption: captionOf(cell), description: describe(cell), drawing: curvePanel(own, frame) }
  })
  return [{ label, pictures }]
}

const domainOf = ([low, high]: [number, number], quantity: Quantity, log: boolean): [number, number] => {
  if (quantity === 'accuracy') return [Math.max(0, Math.floor(low / 10) * 10), Math.min(100, Math.max(Math.ceil(high / 10) * 10, 10))]
  return log ? [Math.max(1e-6, low / 1.1), Math.max(1e-5, high * 1.1)] : [0, Math.max(1.05 * high, 1e-6)]
}

const captionOf = (cell: Cell): string => {
  const epochs = cell.records.map(({ history = [] }) => history.length)
  const [least, most] = [Math.min(...epochs), Math.max(...epochs)]
  const trained = least === most ? plural(most, 'epoch') : `${least} to ${most} epochs`
  const bad = notFinite(cell)
  const seeds = cell.records.length > 1 ? `${plural(cell.records.length, 'seed')}, ${trained}` : trained
  return bad.length === 0 ? seeds : `${seeds}. Loss not a finite number in epoch${bad.length > 1 ? 's' : ''} ${listed(bad.map(String))}.`
}

const describe = (cell: Cell): string => {
  const ends = cell.records.map(({ seed, history = [] }) => {
    const end = history.at(-1)
    const loss = end?.loss == null ? 'not finite' : significant(end.loss)
    const validation = end?.val_loss == null ? '' : `, validation loss ${significant(end.val_loss)}`
    return `seed ${seed} ends after epoch ${end?.epoch ?? 0} with training loss ${loss}${validation}`
  })
  return `Learning curves of ${cell.label}: ${listed(ends)}. The numbers are in the table below.`
}

/** What the curves show of all cells, as a title. */
const titleOf = (cells: readonly Cell[]): string => {
  const runs = cells.flatMap(({ records }) => records)
  const unfinished = runs.filter(({ history = [] }) => {
    const losses = history.map(({ val_loss }) => val_loss ?? Number.POSITIVE_INFINITY)
    return losses.length > 2 && losses.indexOf(Math.min(...losses)) === losses.length - 1
  })
  const stopped = runs.filter(({ events = [] }) => events.some(({ callback }) => callback === 'early_stopping'))
  if (unfinished.length > 0)
    return `In ${unfinished.length} of ${plural(runs.length, 'run')} the validation loss was lowest in the last epoch`
  if (stopped.length > 0)
    return `${stopped.length} of ${plural(runs.length, 'run')} stopped early; all had seen their lowest validation loss before the end`
  return `All of ${plural(runs.length, 'run')} had seen their lowest validation loss before the end`
}

const readingOf = (cells: readonly Cell[], shared: boolean): string => {
  const weighted = cells.some(({ records }) => records.some(({ data }) => data?.class_weight != null))
  return [
    'One panel a cell; above each, what callbacks did, a row a seed. Training numbers are taken while the weights change, dropout included; validation comes after the epoch.',
    ...(weighted
      ? [
          'Where class weights are used, the training loss is divided by their mean over the training images, so that both losses have one scale.',
        ]
      : []),
    ...(shared ? [] : ['The losses differ too much for one scale: each cell has its own.']),
  ].join(' ')
}

const legendOf = (cells: readonly Cell[]): LegendEntry[] => {
  const parts = new Set(cells.flatMap(pointsOf).map(({ part }) => part))
  const events = new Map(cells.flatMap(eventsOf).map(({ sign }) => [sign.label, sign]))
  const several = cells.some(({ records }) => records.length > 1)
  return [
    ...(parts.has('training') ? [{ sign: 'training', label: 'training' } as const] : []),
    ...(parts.has('validation') ? [{ sign: 'validation', label: several ? 'validation, mean' : 'validation' } as const] : []),
    ...(several ? [{ sign: 'one_seed', label: 'one seed' } as const] : []),
    ...(cells.some((cell) => bestPointsOf(cell).length > 0) ? [{ sign: 'best', label: 'best weights' } as const] : []),
    ...events.values(),
  ]
}
