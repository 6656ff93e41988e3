import type { TopLevelSpec } from 'vega-lite'
import { type ComparedCell, type ComparedTable, countingLine, hasClaims, type Line } from '../compare.ts'
import { verdictNames } from '../compare_text.ts'
import { fixed, NBSP, signed, words } from '../format.ts'
import type { Measure, Weights } from '../measures.ts'
import type { Datasets, Drawing } from './draw.ts'
import { bandOf, extentOf, ticksOf } from './scales.ts'
import { claimMark, config, SIGNED_LABEL, verdictScale, verdictShapes } from './theme.ts'

const STEP = 36
const NARROW_STEP = 50
const NARROW_WIDTH = 330
const NAME_WIDTH = 216
/** Differences beyond this many margins leave the plot, as a triangle with their number. */
const WIDEST = 6

type Row = Record<string, string | number | boolean | null>
type Layer = object

/** The tables' claims and numbers under one set of weights, for a wide and for a narrow screen. Null where there is no number and no claim. */
export const forest = (tables: readonly ComparedTable[], weights: Weights): { wide: Drawing; narrow: Drawing } | null => {
  const measure = tables[0]?.measure
  if (measure === undefined) return null
  const rows = rowsOf(tables, weights)
  const seeds = seedRows(tables, weights)
  const numbers = [
    ...rows.flatMap(({ claimed, claimed_low, claimed_high, mean, low, high }) => [claimed, claimed_low, claimed_high, mean, low, high]),
    ...seeds.map(({ value }) => value),
  ]
  const domain = extentOf(
    numbers.filter((one): one is number => typeof one === 'number'),
    measure.scale === 'share' ? [0, 100] : [0, Number.POSITIVE_INFINITY],
  )
  if (domain === null) return null
  const title = `${measure.name.slice(0, 1).toUpperCase()}${measure.name.slice(1)}${measure.scale === 'share' ? ', %' : ''}`
  const gaps = gapsOf(tables, measure)
  const frame = { sort: rows.map(({ row }) => String(row)), step: STEP, domain, ticks: ticksOf(domain, 6), title }
  const datasets: Datasets = { rows, seeds, ...(gaps === null ? {} : { margin: [{ ...bandOf(gaps.margin), zero: 0 }] }) }
  const { margin: _, ...bare } = datasets
  return {
    wide: { spec: wideSpec(frame, gaps, MEASURE_UNITS[measure.scale]), datasets },
    narrow: { spec: narrowSpec({ ...frame, step: NARROW_STEP }, gaps !== null), datasets: bare },
  }
}

const NOTHING: Row = { verdict: 'no_claim', word: 'not run', difference_text: '', measured_text: '–', one_more_text: '' }

const rowsOf = (tables: readonly ComparedTable[], weights: Weights): Row[] =>
  tables.flatMap((table, index): Row[] => [
    {
      row: `t${index}`,
      head: [
        table.title,
        table.where === null || table.title.toLowerCase().includes(words(table.where).replaceAll(NBSP, ' ').toLowerCase())
          ? ''
          : table.where,
      ]
        .filter((one) => one !== '')
        .join(', '),
    },
    ...table.cells.map((cell, at): Row => {
      const line = lineUnder(cell, weights)
      const [name, rest] = namesOf(cell)
      const { measure } = table
      return {
        row: `${index}.${at}`,
        name,
        rest,
        cell: cell.label,
        claimed: cell.claimed === null ? null : scaled(measure, cell.claimed),
        claimed_low: cell.claimedInterval === null ? null : scaled(measure, cell.claimedInterval[0]),
        claimed_high: cell.claimedInterval === null ? null : scaled(measure, cell.claimedInterval[1]),
        claimed_text: cell.claimed === null ? '–' : fixed(scaled(measure, cell.claimed), digits(measure)),
        ...(line === null ? NOTHING : lineFields(line, measure)),
      }
    }),
  ])

const lineUnder = (cell: ComparedCell, weights: Weights): Line | null => cell.lines.find(({ sample }) => sample.weights === weights) ?? null

/** Names of a cell in two tones: its first axis' value, then the rest. */
const namesOf = ({ label }: ComparedCell): [string, string] => {
  const [first = '', ...rest] = label.split(' · ')
  return [first, rest.join(', ')]
}

const scaled = ({ scale }: Measure, value: number): number => (scale === 'share' ? 100 * value : value)

const digits = ({ scale }: Measure): number => (scale === 'share' ? 2 : 4)

const lineFields = (line: Line, measure: Measure): Row => {
  const { sample, spread, difference, verdict } = line
  const oneMore = difference?.oneMore?.interval ?? null
  return {
    mean: scaled(measure, sample.mean),
    low: spread === null ? null : scaled(measure, spread.interval[0]),
    high: spread === null ? null : scaled(measure, spread.interval[1]),
    difference: difference === null ? null : scaled(measure, difference.value),
    from: oneMore === null ? null : scaled(measure, oneMore[0]),
    to: oneMore === null ? null : scaled(measure, oneMore[1]),
    verdict,
    word: verdictNames[verdict],
    measured_text: fixed(scaled(measure, sample.mean), digits(measure)),
    difference_text: difference === null ? '' : differenceText(measure, difference.value),
    one_more_text:
      oneMore === null ? 'not known' : `${differenceText(measure, oneMore[0], 1)} to ${differenceText(measure, oneMore[1], 1)}`,
  }
}

const differenceText = (measure: Measure, value: number, places = digits(measure)): string =>
  signed(scaled(measure, value), { scale: 1, digits: places })

const seedRows = (tables: readonly ComparedTable[], weights: Weights): Row[] =>
  tables.flatMap((table, index) =>
    table.cells.flatMap((cell, at) =>
      (lineUnder(cell, weights)?.sample.seeds ?? []).map(
        ({ seed, value }): Row => ({
          row: `${index}.${at}`,
          cell: cell.label,
          seed,
          value: scaled(table.measure, value),
          difference: cell.claimed === null ? null : scaled(table.measure, value - cell.claimed),
        }),
      ),
    ),
  )

const MEASURE_UNITS = { share: 'points', loss: 'loss' } as const

const gapsOf = (tables: readonly ComparedTable[], measure: Measure): Gaps | null => {
  if (!tables.some(hasClaims)) return null
  const margin = Math.max(...tables.map(({ rule }) => scaled(measure, rule.margin)))
  const far = tables.flatMap(({ cells }) => cells.flatMap((cell) => countingLine(cell)?.difference ?? []))
  const ends = far.flatMap(({ value, oneMore }) => [value, ...(oneMore?.interval ?? [])]).map((one) => Math.abs(scaled(measure, one)))
  const reach = Math.min(WIDEST * margin, Math.max(2 * margin, ...ends) * 1.08)
  return { margin, reach, ticks: ticksOf([-reach, reach], 6) }
}

const wideSpec = (frame: Frame, gaps: Gaps | null, unit: string): TopLevelSpec => {
  const height = frame.sort.length * frame.step
  const value = {
    width: gaps === null ? 640 : 316,
    height,
    title: titled(frame.title),
    layer: valueLayers(frame, { claim: -6, measured: 6 }),
  }
  const difference =
    gaps === null
      ? []
      : [
          { width: 24, height, layer: [rules(frame)] },
          { width: 236, height, title: titled(`Measured − claimed, ${unit}`), layer: differenceLayers(frame, gaps) },
          { width: 176, height, layer: verdictLayers(frame) },
        ]
  return {
    config,
    data: { name: 'rows' },
    spacing: 0,
    resolve: { scale: { y: 'shared', color: 'shared' } },
    hconcat: [{ width: NAME_WIDTH, height, layer: namesLayers(frame) }, value, ...difference],
  } as unknown as TopLevelSpec
}

const titled = (text: string) => ({ text, fontSize: 11.5, offset: 4 })

/** Claims above, measured means with their seeds below, on one scale of the numbers themselves. */
const valueLayers = (frame: Frame, { claim, measured }: { claim: number; measured: number }): Layer[] => [
  rules(frame),
  {
    transform: [isCell],
    mark: { type: 'rule', yOffset: claim, color: 'var(--ink)', opacity: 0.45, strokeWidth: 1.1 },
    encoding: { y: yOf(frame), x: quantitative('claimed_low', valueAxis(frame)), x2: { field: 'claimed_high' } },
  },
  {
    transform: [isMeasured],
    mark: { type: 'rule', yOffset: measured, color: 'var(--measured)', strokeWidth: 2.4 },
    encoding: { y: yOf(frame), x: quantitative('low'), x2: { field: 'high' } },
  },
  {
    data: { name: 'seeds' },
    mark: { type: 'point', filled: true, yOffset: measured, size: 16, color: 'var(--measured)', opacity: 0.5 },
    encoding: { y: yOf(frame), x: quantitative('value') },
  },
  {
    transform: [isMeasured],
    mark: { type: 'point', filled: true, yOffset: measured, size: 58, color: 'var(--measured)', opacity: 1 },
    encoding: { y: yOf(frame), x: quantitative('mean'), tooltip },
  },
  { transform: [isCell], mark: { ...claimMark(), yOffset: claim }, encoding: { y: yOf(frame), x: quantitative('claimed'), tooltip } },
]

const rules = (frame: Frame): Layer => ({
  mark: { type: 'rule', yOffset: frame.step / 2, color: 'var(--rule)' },
  encoding: { y: yOf(frame) },
})

const isCell = { filter: 'isValid(datum.name)' }
const isMeasured = { filter: 'isValid(datum.mean)' }

type Frame = { sort: readonly string[]; step: number; domain: [number, number]; ticks: readonly number[]; title: string }

const yOf = ({ sort }: Frame) => ({
  field: 'row',
  type: 'ordinal',
  sort: [...sort],
  scale: { domain: [...sort], paddingInner: 0, paddingOuter: 0 },
  axis: null,
})

const quantitative = (field: string, more: object = {}) => ({ field, type: 'quantitative', ...more })

const tooltip = [
  { field: 'cell', title: 'cell' },
  { field: 'claimed_text', title: 'claimed' },
  { field: 'measured_text', title: 'measured' },
  { field: 'difference_text', title: 'difference' },
  { field: 'one_more_text', title: 'one more run' },
  { field: 'word', title: 'verdict' },
]

const valueAxis = ({ domain, ticks }: Frame) => ({
  scale: { domain, nice: false, zero: false },
  axis: { title: null, values: [...ticks], orient: 'top', labelPadding: 2, grid: true },
})

const verdictColor = { field: 'verdict', type: 'nominal', scale: verdictScale, legend: null }

type Gaps = { margin: number; reach: number; ticks: readonly number[] }

/** Measured less claimed: where one more run would lie on the ground of the margin, the seeds below it. */
const differenceLayers = (frame: Frame, { margin, reach, ticks }: Gaps): Layer[] => {
  const axis = {
    scale: { domain: [-reach, reach], nice: false },
    axis: { title: null, values: [...ticks], orient: 'top', labelPadding: 2, labelExpr: SIGNED_LABEL, format: '~r' },
  }
  const inside = { filter: `isValid(datum.difference) && abs(datum.difference) <= ${reach}` }
  const outside = (sign: 1 | -1) => ({ filter: `isValid(datum.difference) && ${sign} * datum.difference > ${reach}` })
  const ends = [
    { calculate: `max(${-reach}, datum.from)`, as: 'from_shown' },
    { calculate: `min(${reach}, datum.to)`, as: 'to_shown' },
  ]
  const far = (sign: 1 | -1, x: number, align: 'left' | 'right'): Layer[] => [
    {
      transform: [outside(sign)],
      mark: { type: 'point', filled: true, shape: sign < 0 ? 'triangle-left' : 'triangle-right', size: 80, x, opacity: 1 },
      encoding: { y: yOf(frame), color: verdictColor, tooltip },
    },
    {
      transform: [outside(sign)],
      mark: { type: 'text', align, x: x - sign * 10, fontSize: 11, fontWeight: 600 },
      encoding: { y: yOf(frame), text: { field: 'difference_text' }, color: verdictColor },
    },
  ]
  return [
    {
      data: { name: 'margin' },
      mark: { type: 'rect', color: 'var(--band)' },
      encoding: { x: quantitative('from', axis), x2: { field: 'to' } },
    },
    rules(frame),
    { data: { name: 'margin' }, mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1 }, encoding: { x: quantitative('zero') } },
    {
      transform: [inside, { filter: 'isValid(datum.from)' }, ...ends],
      mark: { type: 'rule', strokeWidth: 2.6 },
      encoding: { y: yOf(frame), x: quantitative('from_shown'), x2: { field: 'to_shown' }, color: verdictColor },
    },
    {
      data: { name: 'seeds' },
      transform: [inside],
      mark: { type: 'point', filled: true, yOffset: 9, size: 20, color: 'var(--ink)', opacity: 0.55 },
      encoding: {
        y: yOf(frame),
        x: quantitative('difference'),
        tooltip: [
          { field: 'cell', title: 'cell' },
          { field: 'seed', title: 'seed' },
          { field: 'value', title: 'measured', format: '.2f' },
        ],
      },
    },
    {
      transform: [inside],
      mark: { type: 'point', filled: true, size: 58, opacity: 1 },
      encoding: { y: yOf(frame), x: quantitative('difference'), color: verdictColor, tooltip },
    },
    ...far(-1, 8, 'left'),
    ...far(1, margin === 0 ? 0 : 228, 'right'),
  ]
}

const verdictLayers = (frame: Frame): Layer[] => [
  rules(frame),
  textOf(frame, 'difference_text', { x: 58, align: 'right', fontWeight: 600, fontSize: 12 }),
  {
    transform: [isCell],
    mark: { type: 'text', x: 100, align: 'left', fontWeight: 600, fontSize: 12 },
    encoding: { y: yOf(frame), text: { field: 'word' }, color: verdictColor },
  },
  ...Object.entries(verdictShapes).map(([verdict, shape]) => ({
    transform: [isCell, { filter: `datum.verdict === '${verdict}'` }],
    mark: {
      type: 'point',
      x: 86,
      size: 110,
      filled: false,
      shape,
      stroke: verdictScale.range[verdictScale.domain.indexOf(verdict)],
      strokeWidth: 1.9,
      opacity: 1,
    },
    encoding: { y: yOf(frame) },
  })),
]

const textOf = (frame: Frame, field: string, mark: object, transform: readonly object[] = [isCell]): Layer => ({
  transform: [...transform],
  mark: { type: 'text', ...mark },
  encoding: { y: yOf(frame), text: { field } },
})

const namesLayers = (frame: Frame): Layer[] => [
  rules(frame),
  textOf(frame, 'name', { x: 0, align: 'left', fontWeight: 600, fontSize: 12.5, dy: -7, limit: NAME_WIDTH - 12 }),
  textOf(frame, 'rest', { x: 0, align: 'left', dy: 8, color: 'var(--muted)', fontSize: 11.5, limit: NAME_WIDTH - 12 }),
  textOf(frame, 'head', { x: 0, align: 'left', baseline: 'bottom', dy: 12, color: 'var(--muted)', fontSize: 11.5, limit: NAME_WIDTH - 4 }, [
    { filter: 'isValid(datum.head)' },
  ]),
]

const narrowSpec = (frame: Frame, claims: boolean): TopLevelSpec => {
  const y = yOf(frame)
  const full = { calculate: "datum.rest === '' ? datum.name : datum.name + ', ' + datum.rest", as: 'full' }
  const end = { calculate: claims ? "datum.difference_text + '  ' + datum.word" : 'datum.measured_text', as: 'end' }
  return {
    config,
    data: { name: 'rows' },
    width: NARROW_WIDTH,
    height: frame.sort.length * frame.step,
    title: titled(frame.title),
    layer: [
      ...valueLayers(frame, { claim: 5, measured: 16 }),
      textOf(frame, 'head', { x: 0, align: 'left', baseline: 'bottom', dy: 20, color: 'var(--muted)', fontSize: 11.5 }, [
        { filter: 'isValid(datum.head)' },
      ]),
      {
        transform: [isCell, full],
        mark: { type: 'text', x: 0, align: 'left', dy: -13, fontSize: 11.5, fontWeight: 600, limit: 210 },
        encoding: { y, text: { field: 'full' } },
      },
      {
        transform: [isCell, end],
        mark: { type: 'text', x: NARROW_WIDTH, align: 'right', dy: -13, fontSize: 11.5, fontWeight: 600 },
        encoding: { y, text: { field: 'end' }, color: verdictColor },
      },
    ],
  } as unknown as TopLevelSpec
}
