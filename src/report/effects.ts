import padjust from '@stdlib/stats-padjust'
import type { Cell } from './cells.ts'
import { labelOf } from './cells.ts'
import { type ComparedTable, countingLine } from './compare.ts'
import { type Difference, differencesOf, isAxis } from './confounders.ts'
import type { Weights } from './measures.ts'
import { measures } from './measures.ts'
import { type PredictionsOf, rightAnswers, sameImages } from './predictions.ts'
import { type Interval, newcombeInterval, quantile, studentInterval } from './statistics/intervals.ts'
import { discordant, mcnemar } from './statistics/mcnemar.ts'
import { mean } from './statistics/mean.ts'
import { type PairedRuns, pairedDifference, pValue } from './statistics/paired_difference.ts'
import type { Deviation } from './statistics/pooled_deviation.ts'
import type { ReportedStudy } from './study.ts'

/** What one step along an axis does to the test accuracy, all else of the matrix equal. */
export type Effect = {
  axis: string
  from: string
  to: string
  /** The values of the other axes; empty where there are none. */
  label: string
  a: Cell
  b: Cell
  /** Accuracy at `to` less accuracy at `from`. */
  value: number
  interval: Interval
  over: 'seeds and images' | 'images' | 'seeds'
  p: number | null
  /** Corrected by Holm for the number of effects. */
  corrected: number | null
  /** Test images won and lost, mean over seeds, and the largest McNemar p within a seed; null without predictions. */
  images: { won: number; lost: number; p: number } | null
  claimed: { value: number; interval: Interval | null } | null
  /** What else differs between the two cells, beside the axis itself. */
  confounders: readonly Difference[]
}

export type Evidence = { weights: Weights; deviation: Deviation | null; predictionsOf: PredictionsOf; claims: ReadonlyMap<Cell, number> }

const accuracyOf = measures.test_accuracy

/** What each axis does to the test accuracy, with p corrected by Holm for all of them; steps to cells without a number are left out. */
export const effectsOf = (axes: ReportedStudy['axes'], cells: readonly Cell[], evidence: Evidence): Effect[] => {
  const effects = stepsOf(axes, cells).flatMap((step) => effectOf(step, evidence))
  const known = effects.flatMap(({ p }) => (p === null ? [] : [p]))
  // padjust takes no empty list.
  const corrected = known.length === 0 ? [] : [...padjust(known, 'holm')]
  return effects.map((effect) => (effect.p === null ? effect : { ...effect, corrected: corrected.shift() ?? null }))
}

type Step = { axis: string; from: string; to: string; a: Cell; b: Cell }

/** Every step from an axis' first value to another of its values, all other values equal. */
const stepsOf = (axes: ReportedStudy['axes'], cells: readonly Cell[]): Step[] =>
  axes.flatMap(({ name, values: [from, ...others] }) =>
    others.flatMap((to) =>
      cells.flatMap((b): Step[] => {
        if (from === undefined || b.values[name] !== from) return []
        const a = cells.find(({ values }) => Object.entries({ ...b.values, [name]: to }).every(([axis, value]) => values[axis] === value))
        return a === undefined ? [] : [{ axis: name, from, to, a, b }]
      }),
    ),
  )

const effectOf = ({ axis, from, to, a, b }: Step, evidence: Evidence): Effect[] => {
  const pairs = pairsOf(a, b, evidence)
  const measured = (pairs.length > 0 ? paired(pairs) : null) ?? unpaired(a, b, evidence)
  if (measured === null) return []
  const others = Object.fromEntries(Object.entries(b.values).filter(([name]) => name !== axis))
  const confounders = differencesOf(b, a).filter((one) => !isAxis(one, axis))
  const label = Object.keys(others).length === 0 ? '' : labelOf(others)
  return [{ axis, from, to, label, a, b, ...measured, corrected: null, claimed: claimedOf(a, b, evidence), confounders }]
}

/** Right answers of both cells by seed, for the seeds that both have, where both were tested on the same images. */
const pairsOf = (a: Cell, b: Cell, { weights, predictionsOf }: Evidence): PairedRuns =>
  a.records.flatMap((record) => {
    const other = b.records.find(({ seed }) => seed === record.seed)
    const [mine, theirs] = [predictionsOf(record, weights), other === undefined ? null : predictionsOf(other, weights)]
    return mine === null || theirs === null || !sameImages(mine, theirs) ? [] : [{ a: rightAnswers(mine), b: rightAnswers(theirs) }]
  })

type Measured = Pick<Effect, 'value' | 'interval' | 'over' | 'p' | 'images'>

const paired = (pairs: PairedRuns): Measured | null => {
  const estimate = pairedDifference(pairs)
  if (estimate.error === 0) return null
  const counts = pairs.map(({ a, b }) => discordant(a, b))
  return {
    value: estimate.value,
    interval: studentInterval(estimate),
    over: pairs.length > 1 ? 'seeds and images' : 'images',
    p: pValue(estimate),
    images: { won: mean(counts.map(({ won }) => won)), lost: mean(counts.map(({ lost }) => lost)), p: Math.max(...counts.map(mcnemar)) },
  }
}

/** Without predictions: over seeds by their pooled deviation, or, with single seeds, over images as if they were others for each cell. */
const unpaired = (a: Cell, b: Cell, { weights, deviation }: Evidence): Measured | null => {
  const [x, y] = [valuesOf(a, weights), valuesOf(b, weights)]
  if (x.length === 0 || y.length === 0) return null
  const value = mean(x) - mean(y)
  if (deviation !== null) {
    const estimate = { value, error: deviation.value * Math.sqrt(1 / x.length + 1 / y.length), freedom: deviation.freedom }
    return { value, interval: studentInterval(estimate), over: 'seeds', p: pValue(estimate), images: null }
  }
  const [m, n] = [imagesOf(a), imagesOf(b)]
  if (m === 0 || n === 0) return null
  const interval = newcombeInterval({ share: mean(x), images: m }, { share: mean(y), images: n })
  const error = (interval[1] - interval[0]) / (2 * quantile(Number.POSITIVE_INFINITY))
  return { value, interval, over: 'images', p: pValue({ value, error, freedom: m + n }), images: null }
}

const valuesOf = (cell: Cell, weights: Weights): number[] => cell.records.flatMap((record) => accuracyOf.of(record, weights) ?? [])

const imagesOf = ({ records }: Cell): number => Math.min(...records.map((record) => accuracyOf.images(record)))

const claimedOf = (a: Cell, b: Cell, { claims }: Evidence): Effect['claimed'] => {
  const [x, y] = [claims.get(a), claims.get(b)]
  if (x === undefined || y === undefined) return null
  const images = Math.min(imagesOf(a), imagesOf(b))
  return { value: x - y, interval: images > 0 ? newcombeInterval({ share: x, images }, { share: y, images }) : null }
}

/** The paper's test accuracies by cell, where its tables name single cells. */
export const claimsByCell = (tables: readonly ComparedTable[]): ReadonlyMap<Cell, number> =>
  new Map(
    tables
      .filter(({ measure }) => measure === accuracyOf)
      .flatMap(({ cells }) => cells)
      .flatMap((one) =>
        one.cell === null || one.claimed === null || countingLine(one) === null ? [] : [[one.cell, one.claimed] as const],
      ),
  )
