import { from, op } from 'arquero'
import type { Element } from 'hast'
import { h } from 'hastscript'
import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'
import { type CostPoint, costScatter, frontier, PART_COLORS, PARTS, type TimeShare, timeBars } from '../charts/cost.ts'
import type { Figure } from '../charts/figure.ts'
import { number, text } from '../data_table.ts'
import { count, duration, fixed, gibibytes, NONE, percent } from '../format.ts'
import { measures, type Weights } from '../measures.ts'
import { mean } from '../statistics/mean.ts'
import { secondsOf, type Times } from '../time_phases.ts'
import { dataTable } from './data_table.ts'
import { figureElement } from './figure.ts'
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

/** What did it cost? Absent where nothing was run. */
export const costSection = async (cells: readonly Cell[], weights: Weights): Promise<Element[]> => {
  const costs = costsOf(cells)
  if (costs.length === 0) return []
  const whole = costs.reduce((sum, { seconds }) => sum + seconds, 0)
  const figures: Element[] = []
  for (const figure of [scatterFigure(pointsOf(cells, weights)), timeFigure(cells.flatMap(sharesOf))])
    if (figure !== null) figures.push(await figureElement(figure))
  const note = `${duration(whole)} of wall time in all. Images a second are training images per second of training time. Energy was not measured.`
  return [
    section(
      'cost',
      'What did it cost?',
      ...figures,
      dataTable({
        caption: 'Time and size of each cell',
        columns: [text('cell'), ...NUMBERS.map(number), text('engine')],
        rows: costs.map(rowOf),
      }),
      h('p.note', note),
    ),
  ]
}

const costsOf = (cells: readonly Cell[]): Cost[] => {
  const rows = cells.flatMap(({ label, records }) =>
    records.map(({ provenance, model, history = [] }) => ({
      cell: label,
      engine: engineOf(provenance),
      epochs: history.length,
      seconds: provenance.seconds,
      perEpoch: meanOf(history.map(({ seconds }) => seconds)),
      rate: meanOf(history.map(({ images_per_second }) => images_per_second)),
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

const engineOf = ({ engine }: RunRecord['provenance']): string => `${engine.name} ${engine.mode}, ${engine.device}`

const meanOf = (values: readonly number[]): number => (values.length === 0 ? 0 : mean(values))

const scatterFigure = (points: readonly CostPoint[]): Figure | null => {
  if (points.length < 2) return null
  const best = frontier(points)
  const [cheapest, dearest] = [best[0], best.at(-1)]
  if (cheapest === undefined || dearest === undefined) return null
  const title =
    cheapest === dearest
      ? `${cheapest.label} is the fastest and the most accurate`
      : `${fixed(dearest.minutes / cheapest.minutes, 1)} times the time buys ${fixed(100 * (dearest.accuracy - cheapest.accuracy), 1)} points: ${cheapest.label}, against ${dearest.label}`
  return {
    id: 'figure-cost',
    title,
    reading: 'Mean minutes of a run against its test accuracy; the grey line joins cells that none beats on both.',
    legend: [],
    columns: 1,
    views: [
      {
        label: '',
        pictures: [
          {
            title: null,
            caption: null,
            description: `${points.map(({ cell, minutes, accuracy }) => `${cell}: ${fixed(minutes, 1)} minutes, ${percent(accuracy, 1)}`).join('. ')}.`,
            drawing: costScatter(points, 700),
            narrow: costScatter(points, 280),
          },
        ],
      },
    ],
    tables: [],
  }
}

const pointsOf = (cells: readonly Cell[], weights: Weights): CostPoint[] =>
  cells.flatMap(({ label, records }) => {
    const accuracies = records.flatMap((record) => measures.test_accuracy.of(record, weights) ?? [])
    const minutes = meanOf(records.map(({ provenance }) => provenance.seconds / 60))
    return accuracies.length === 0 || minutes === 0
      ? []
      : [{ cell: label, label: label.replaceAll(' · ', ', '), minutes, accuracy: mean(accuracies) }]
  })

const timeFigure = (shares: readonly TimeShare[]): Figure | null => {
  if (shares.length === 0) return null
  const steps = shares.filter(({ order }) => order === 1).map(({ share }) => share)
  const [least, most] = [percent(Math.min(...steps), 0), percent(Math.max(...steps), 0)]
  return {
    id: 'figure-time',
    title: `${least === most ? least : `${least} to ${most}`} of the time went into training steps`,
    reading: `Shares of the wall time of a cell’s runs, in the order of the legend. Between the steps of training and validation are waiting for batches, checkpoints, messages and the loop itself.`,
    legend: PARTS.map((label, index) => ({ sign: 'patch', label, color: PART_COLORS[index] ?? '' })),
    columns: 1,
    views: [
      {
        label: '',
        pictures: [
          {
            title: null,
            caption: null,
            description: `Where the time went: ${shares.map(({ cell, part, share }) => `${cell}, ${part} ${percent(share, 1)}`).join('; ')}.`,
            drawing: timeBars(shares, 900),
            narrow: timeBars(shares, 330),
          },
        ],
      },
    ],
    tables: [sharesTable(shares)],
  }
}

const sharesTable = (shares: readonly TimeShare[]) => ({
  caption: 'Where the time went',
  columns: [text('cell'), ...PARTS.map(number)],
  rows: [...new Set(shares.map(({ cell }) => cell))].map((cell) => [
    cell,
    ...shares.filter((one) => one.cell === cell).map(({ share }) => `${fixed(100 * share, 1)} %`),
  ]),
})

/** Shares of a cell's time, over those of its runs whose time is accounted for; none where there are no such runs. */
const sharesOf = ({ label, records }: Cell): TimeShare[] => {
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
  return whole === 0 ? [] : parts.map((part, order) => ({ cell: label, part: PARTS[order] ?? '', order, share: part / whole }))
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
