import { from, op } from 'arquero'
import type { Element } from 'hast'
import { h } from 'hastscript'
import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'
import { number, text } from '../data_table.ts'
import { count, duration, fixed, gibibytes, NONE } from '../format.ts'
import { secondsOf, type Times } from '../time_phases.ts'
import { dataTable } from './data_table.ts'
import { section } from './html.ts'

type Cost = {
  cell: string
  engine: string
  runs: number
  epochs: number
  seconds: number
  perEpoch: number
  rate: number
  memory: number
  parameters: number
}

const engineOf = ({ engine }: RunRecord['provenance']): string => `${engine.name} ${engine.mode}, ${engine.device}`

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length)

const costsOf = (cells: readonly Cell[]): Cost[] => {
  const rows = cells.flatMap(({ label, records }) =>
    records.map(({ provenance, model, history = [] }) => ({
      cell: label,
      engine: engineOf(provenance),
      epochs: history.length,
      seconds: provenance.seconds,
      perEpoch: mean(history.map(({ seconds }) => seconds)),
      rate: mean(history.map(({ images_per_second }) => images_per_second)),
      memory: provenance.peak_memory_bytes,
      parameters: model?.parameters ?? 0,
    })),
  )
  if (rows.length === 0) return []
  return from(rows)
    .groupby('cell', 'engine')
    .rollup({
      runs: op.count(),
      epochs: op.mean('epochs'),
      seconds: op.sum('seconds'),
      perEpoch: op.mean('perEpoch'),
      rate: op.mean('rate'),
      memory: op.max('memory'),
      parameters: op.max('parameters'),
    })
    .objects() as Cost[]
}

const NUMBERS = ['parameters', 'runs', 'epochs a run', 'time, all runs', 'an epoch', 'images/s', 'peak memory']

const rowOf = (cost: Cost): string[] => [
  cost.cell,
  cost.parameters === 0 ? NONE : count(cost.parameters),
  count(cost.runs),
  fixed(cost.epochs, Number.isInteger(cost.epochs) ? 0 : 1),
  duration(cost.seconds),
  duration(cost.perEpoch),
  count(cost.rate),
  gibibytes(cost.memory),
  cost.engine,
]

const SHARES = ['until the first step', 'training steps', 'validation', 'between steps', 'test and record']

/** Shares of a cell's time, over those of its runs whose time is accounted for; null where there are none. */
const sharesOf = ({ label, records }: Cell): string[] | null => {
  const known = records.flatMap(({ provenance: { times } }) => (times ? [times] : []))
  const seconds = (of: (times: Times) => number) => known.reduce((sum, times) => sum + of(times), 0)
  const parts = [
    seconds((times) => secondsOf(times, 'start')),
    seconds(({ steps }) => steps),
    seconds(({ validation }) => validation),
    seconds((times) => secondsOf(times, 'around')),
    seconds((times) => secondsOf(times, 'end')),
  ]
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return whole === 0 ? null : [label, ...parts.map((part) => `${fixed((100 * part) / whole, 1)} %`)]
}

const sharesTable = (cells: readonly Cell[]): Element[] => {
  const rows = cells.flatMap((cell) => [sharesOf(cell) ?? []]).filter((row) => row.length > 0)
  if (rows.length === 0) return []
  const note = 'Between the steps of training and validation are waiting for batches, checkpoints, messages and the loop itself.'
  const caption = 'Where the time went'
  return [dataTable({ caption, columns: [text('cell'), ...SHARES.map(number)], rows }), h('p.note', note)]
}

/** What the numbers cost; absent where nothing was run. */
export const costSection = (cells: readonly Cell[]): Element[] => {
  const costs = costsOf(cells)
  if (costs.length === 0) return []
  const whole = costs.reduce((sum, { seconds }) => sum + seconds, 0)
  const note = `${duration(whole)} of wall time in all. Images a second are training images per second of training time.`
  return [
    section(
      'cost',
      'Cost',
      h('p.note', note),
      dataTable({
        caption: 'Time and size of each cell',
        columns: [text('cell'), ...NUMBERS.map(number), text('engine')],
        rows: costs.map(rowOf),
      }),
      ...sharesTable(cells),
    ),
  ]
}
