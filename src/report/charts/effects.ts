import type { TopLevelSpec } from 'vega-lite'
import type { Effect } from '../effects.ts'
import { count, fixed, signed, words } from '../format.ts'
import type { Interval } from '../statistics/intervals.ts'
import type { Drawing } from './draw.ts'
import { extentOf, ticksOf } from './scales.ts'
import { claimMark, config, SIGNED_LABEL } from './theme.ts'

const STEP = 27
const NARROW_STEP = 44
const WIDTH = 360
const NARROW_WIDTH = 330
const NAME_WIDTH = 236
const NUMBERS_WIDTH = 376

type Row = Record<string, string | number | null>

/** A p value: two decimals, four below 0.01. */
export const pText = (p: number | null): string => (p === null ? '–' : p < 1e-4 ? '< 0.0001' : fixed(p, p < 0.01 ? 4 : 2))

/** Both ends of an interval of a difference, in points. */
export const pointsText = ([low, high]: Interval): string => `${signed(low, { digits: 1 })} to ${signed(high, { digits: 1 })}`

export const imagesText = ({ images }: Effect): string => (images === null ? '–' : `${count(images.won)} / ${count(images.lost)}`)

/** `augmentation: Yes − No`. */
export const stepName = ({ axis, from, to }: Pick<Effect, 'axis' | 'from' | 'to'>): string => `${words(axis)}: ${to} − ${from}`

/** Differences that steps along the axes make, measured below claimed, for a wide and for a narrow screen; at least one. */
export const effectsForest = (effects: readonly Effect[]): { wide: Drawing; narrow: Drawing } => {
  const rows = rowsOf(effects)
  const numbers = rows.flatMap(({ low, high, claimed_low, claimed_high, claimed }) => [low, high, claimed_low, claimed_high, claimed])
  const found = numbers.filter((one): one is number => typeof one === 'number')
  const domain = extentOf([0, ...found], [-100, 100]) ?? [-1, 1]
  const frame = { sort: rows.map(({ row }) => String(row)), step: STEP, domain }
  const datasets = { rows, zero: [{ zero: 0 }] }
  return { wide: { spec: wideSpec(frame), datasets }, narrow: { spec: narrowSpec({ ...frame, step: NARROW_STEP }), datasets } }
}

/** A head before the first effect of each step along an axis. */
const rowsOf = (effects: readonly Effect[]): Row[] =>
  effects.flatMap((effect, index) => {
    const before = effects[index - 1]
    const isNew = before === undefined || stepName(before) !== stepName(effect)
    return [...(isNew ? [{ row: `h${index}`, head: stepName(effect) }] : []), rowOf(effect, index)]
  })

const rowOf = (effect: Effect, index: number): Row => ({
  row: `e${index}`,
  label: effect.label === '' ? 'all else equal' : effect.label.replaceAll(' · ', ', '),
  measured: 100 * effect.value,
  low: 100 * effect.interval[0],
  high: 100 * effect.interval[1],
  claimed: effect.claimed === null ? null : 100 * effect.claimed.value,
  claimed_low: effect.claimed?.interval ? 100 * effect.claimed.interval[0] : null,
  claimed_high: effect.claimed?.interval ? 100 * effect.claimed.interval[1] : null,
  measured_text: signed(effect.value, { digits: 1 }),
  interval_text: pointsText(effect.interval),
  claimed_text: effect.claimed === null ? '–' : signed(effect.claimed.value, { digits: 1 }),
  images_text: imagesText(effect),
  p_text: pText(effect.corrected),
})

const wideSpec = (frame: Frame): TopLevelSpec => {
  const height = frame.sort.length * frame.step
  const muted = { color: 'var(--muted)', fontSize: 11 }
  return {
    config,
    data: { name: 'rows' },
    spacing: 0,
    resolve: { scale: { y: 'shared' } },
    hconcat: [
      {
        width: NAME_WIDTH,
        height,
        layer: [rules(frame), headOf(frame, {}), textOf(frame, 'label', { x: 0, align: 'left', fontSize: 11.5, limit: NAME_WIDTH - 10 })],
      },
      {
        width: WIDTH,
        height,
        title: { text: 'Difference of test accuracy, points', fontSize: 11.5, offset: 4 },
        layer: plotLayers(frame, { claim: -5, measured: 4 }),
      },
      {
        width: NUMBERS_WIDTH,
        height,
        layer: [
          rules(frame),
          columnHead('measured', 72),
          columnHead('95 %', 84, 'left'),
          columnHead('paper', 220),
          columnHead('won / lost', 300),
          columnHead('p', NUMBERS_WIDTH - 4),
          textOf(frame, 'measured_text', { x: 72, align: 'right', fontWeight: 600 }),
          textOf(frame, 'interval_text', { x: 84, align: 'left', ...muted }),
          textOf(frame, 'claimed_text', { x: 220, align: 'right' }),
          textOf(frame, 'images_text', { x: 300, align: 'right', ...muted }),
          textOf(frame, 'p_text', { x: NUMBERS_WIDTH - 4, align: 'right', ...muted }),
        ],
      },
    ],
  } as unknown as TopLevelSpec
}

const rules = (frame: Frame) => ({ mark: { type: 'rule', yOffset: frame.step / 2, color: 'var(--rule)' }, encoding: { y: yOf(frame) } })

type Frame = { sort: readonly string[]; step: number; domain: [number, number] }

const yOf = ({ sort }: Frame) => ({
  field: 'row',
  type: 'ordinal',
  sort: [...sort],
  scale: { domain: [...sort], paddingInner: 0, paddingOuter: 0 },
  axis: null,
})

const headOf = (frame: Frame, mark: object) =>
  textOf(frame, 'head', { x: 0, align: 'left', fontWeight: 600, fontSize: 12, ...mark }, { filter: 'isValid(datum.head)' })
const isEffect = { filter: 'isValid(datum.label)' }

const textOf = (frame: Frame, field: string, mark: object, transform: object = isEffect) => ({
  transform: [transform],
  mark: { type: 'text', ...mark },
  encoding: { y: yOf(frame), text: { field } },
})

const tooltip = [
  { field: 'label', title: 'where' },
  { field: 'measured_text', title: 'measured, points' },
  { field: 'interval_text', title: '95 %' },
  { field: 'claimed_text', title: 'in the paper' },
  { field: 'images_text', title: 'images won / lost' },
  { field: 'p_text', title: 'p, Holm' },
]

const plotLayers = (frame: Frame, { claim, measured }: { claim: number; measured: number }): object[] => {
  const x = {
    scale: { domain: frame.domain, nice: false },
    axis: {
      title: null,
      orient: 'top',
      values: ticksOf(frame.domain, 8),
      labelPadding: 2,
      labelExpr: SIGNED_LABEL,
      format: '~r',
      grid: true,
    },
  }
  const at = (field: string) => ({ field, type: 'quantitative', ...x })
  return [
    rules(frame),
    { data: { name: 'zero' }, mark: { type: 'rule', color: 'var(--ink)' }, encoding: { x: at('zero') } },
    {
      transform: [isEffect, { filter: 'isValid(datum.claimed_low)' }],
      mark: { type: 'rule', yOffset: claim, color: 'var(--ink)', opacity: 0.45, strokeWidth: 1.1 },
      encoding: { y: yOf(frame), x: at('claimed_low'), x2: { field: 'claimed_high' } },
    },
    {
      transform: [isEffect],
      mark: { type: 'rule', yOffset: measured, color: 'var(--measured)', strokeWidth: 2.4 },
      encoding: { y: yOf(frame), x: at('low'), x2: { field: 'high' } },
    },
    {
      transform: [isEffect],
      mark: { type: 'point', filled: true, yOffset: measured, size: 50, color: 'var(--measured)', opacity: 1 },
      encoding: { y: yOf(frame), x: at('measured'), tooltip },
    },
    {
      transform: [isEffect, { filter: 'isValid(datum.claimed)' }],
      mark: { ...claimMark(26), yOffset: claim },
      encoding: { y: yOf(frame), x: at('claimed'), tooltip },
    },
  ]
}

const columnHead = (text: string, x: number, align = 'right') => ({
  data: { name: 'zero' },
  mark: { type: 'text', x, y: -10, align, fontSize: 11, color: 'var(--muted)', text },
})

const narrowSpec = (frame: Frame): TopLevelSpec => {
  const halo = { stroke: 'var(--page)', strokeWidth: 5, strokeJoin: 'round' }
  const end = {
    calculate: "datum.claimed_text === '–' ? datum.measured_text : datum.measured_text + ' · paper ' + datum.claimed_text",
    as: 'end',
  }
  return {
    config,
    data: { name: 'rows' },
    width: NARROW_WIDTH,
    height: frame.sort.length * frame.step,
    layer: [
      ...plotLayers(frame, { claim: 4, measured: 13 }),
      headOf(frame, { dy: 8, ...halo }),
      headOf(frame, { dy: 8 }),
      textOf(frame, 'label', { x: 0, align: 'left', dy: -11, fontSize: 11.5, limit: 200, ...halo }),
      textOf(frame, 'label', { x: 0, align: 'left', dy: -11, fontSize: 11.5, limit: 200 }),
      {
        transform: [isEffect, end],
        mark: { type: 'text', x: NARROW_WIDTH, align: 'right', dy: -11, fontSize: 11.5, fontWeight: 600 },
        encoding: { y: yOf(frame), text: { field: 'end' } },
      },
    ],
  } as unknown as TopLevelSpec
}
