import type { ChartLearningCurves } from '../../../schema/recipe.ts'
import { type Cell, matches } from '../cells.ts'
import { listed, plural, significant } from '../format.ts'
import { signOf } from './callback_sign.ts'
import type { ChartRow, LegendEntry, Panel } from './chart.ts'
import { bestPointsOf, marksOf, notFinite, pointsOf } from './history.ts'
import { historyTables } from './history_table.ts'
import { type Frame, learningCurveSpec } from './learning_curve_spec.ts'

/** Where the worst loss is this much higher than the best cell's, one scale for all would hide all but one. */
const SHARED_SCALE_UP_TO = 8

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

const panelOf = (cell: Cell, frame: Frame): Panel => ({
  title: cell.label,
  caption: captionOf(cell),
  description: describe(cell),
  spec: learningCurveSpec(cell, frame),
})

/** One range of epochs for all cells, and one of losses unless the cells' differ too much for it. */
const frameOf = (cells: readonly Cell[]): Frame & { shared: boolean } => {
  const points = cells.map(pointsOf)
  const tops = points.map((one) => Math.max(...one.map(({ loss }) => loss ?? 0))).filter((top) => top > 0)
  const [lowest, highest] = [Math.min(...tops), Math.max(...tops)]
  const shared = tops.length > 0 && highest <= SHARED_SCALE_UP_TO * lowest
  return { epochs: Math.max(...points.flat().map(({ epoch }) => epoch)), loss: shared ? [0, highest] : null, shared }
}

const legendOf = (cells: readonly Cell[]): LegendEntry[] => {
  const parts = new Set(cells.flatMap(pointsOf).map(({ part }) => part))
  const callbacks = [...new Set(cells.flatMap(marksOf).map(({ callback }) => callback))]
  const all: (LegendEntry & { shown: boolean })[] = [
    { shown: parts.has('training'), label: 'training', sign: 'dashed', color: '--training' },
    { shown: parts.has('validation'), label: 'validation', sign: 'line', color: '--validation' },
    { shown: cells.some((cell) => bestPointsOf(cell).length > 0), label: 'best weights', sign: 'circle', color: '--validation' },
  ]
  const events = callbacks.flatMap((callback): LegendEntry[] => {
    const sign = signOf(callback)
    return sign ? [{ ...sign, color: '--ink' }] : []
  })
  return [...all.filter(({ shown }) => shown).map(({ label, sign, color }) => ({ label, sign, color })), ...events]
}

const notesOf = (cells: readonly Cell[], shared: boolean): string[] => {
  const weighted = cells.some(({ records }) => records.some(({ data }) => data?.class_weight != null))
  return [
    'Training loss and accuracy are taken while the weights change, dropout included; validation comes after the epoch.',
    ...(weighted
      ? [
          'Where class weights are used, they are part of the training loss and not of the validation loss: the two curves are on different scales.',
        ]
      : []),
    ...(shared ? [] : ['The losses differ too much for one scale: each cell has its own.']),
  ]
}

/** Loss and accuracy by epoch (1-based), a picture a cell: training dashed, validation solid, a line a seed. Cells without epochs are left out. */
export const learning_curves: ChartRow<ChartLearningCurves> = ({ where }, cells) => {
  const shown = cells.filter((cell) => matches(cell.values, where) && pointsOf(cell).length > 0)
  if (shown.length === 0) return null
  const { shared, ...frame } = frameOf(shown)
  return {
    panels: shown.map((cell) => panelOf(cell, frame)),
    legend: legendOf(shown),
    notes: notesOf(shown, shared),
    data: historyTables(shown),
  }
}
