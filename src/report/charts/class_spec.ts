import type { TopLevelSpec } from 'vega-lite'
import type { Calibration } from '../calibration.ts'
import type { ClassScores, Metric, Mistake, Score } from '../class_scores.ts'
import type { Drawing } from './draw.ts'
import { extentOf } from './scales.ts'
import { claimMark, config } from './theme.ts'

const STEP = 28
const WIDTH = 236
const NAME_WIDTH = 92
const MANY = 30
const STEP_OF_MANY = 20

type Row = Record<string, string | number | null>

/** Scores of a class, ours below the paper's, rows in the order given. `domain` in percent. */
export const classPanel = (
  metric: Metric,
  { ours, theirs, domain }: { ours: readonly ClassScores[]; theirs: readonly ClassScores[] | null; domain: readonly [number, number] },
): Drawing => {
  const step = ours.length > MANY ? STEP_OF_MANY : STEP
  const sort = ours.map(({ name }) => name)
  const rows = ours.map(({ name, support, [metric]: own }): Row => {
    const other = theirs?.find((one) => one.name === name)?.[metric]
    return {
      name,
      support,
      mean: percentOf(own, null),
      low: percentOf(own, 0),
      high: percentOf(own, 1),
      claimed: percentOf(other, null),
      claimed_low: percentOf(other, 0),
      claimed_high: percentOf(other, 1),
    }
  })
  const y = {
    field: 'name',
    type: 'ordinal',
    sort,
    scale: { domain: sort },
    axis: {
      title: null,
      grid: false,
      labelColor: 'var(--ink)',
      labelFontSize: 11.5,
      labelLimit: NAME_WIDTH,
      minExtent: NAME_WIDTH,
      maxExtent: NAME_WIDTH,
    },
  }
  const x = {
    scale: { domain: [...domain], nice: false, zero: false },
    axis: { title: null, tickCount: 6, orient: 'top', labelPadding: 2, format: 'd' },
  }
  const at = (field: string) => ({ field, type: 'quantitative', ...x })
  const [claim, measured] = theirs === null ? [0, 0] : [-4, 5]
  const tooltip = [
    { field: 'name', title: 'class' },
    { field: 'mean', format: '.1f', title: 'measured, %' },
    { field: 'claimed', format: '.1f', title: 'paper, %' },
    { field: 'support', format: 'd', title: 'test images' },
  ]
  return {
    datasets: { rows },
    spec: {
      config,
      data: { name: 'rows' },
      width: WIDTH - 8,
      height: ours.length * step,
      encoding: { y },
      layer: [
        { mark: { type: 'rule', yOffset: step / 2, color: 'var(--rule)' } },
        {
          mark: { type: 'rule', yOffset: claim, color: 'var(--ink)', opacity: 0.45, strokeWidth: 1.1 },
          encoding: { x: at('claimed_low'), x2: { field: 'claimed_high' } },
        },
        {
          mark: { type: 'rule', yOffset: measured, color: 'var(--measured)', strokeWidth: 2.4 },
          encoding: { x: at('low'), x2: { field: 'high' } },
        },
        {
          mark: { type: 'point', filled: true, yOffset: measured, size: 50, color: 'var(--measured)', opacity: 1 },
          encoding: { x: at('mean'), tooltip },
        },
        { mark: { ...claimMark(26), yOffset: claim }, encoding: { x: at('claimed') } },
      ],
    } as unknown as TopLevelSpec,
  }
}

const percentOf = (score: Score | undefined, which: 0 | 1 | null): number | null => {
  if (score === undefined) return null
  if (which === null) return 100 * score.value
  return score.interval === null ? null : 100 * score.interval[which]
}

/** The range of all scores with their intervals, in percent. */
export const scoresDomain = (all: readonly ClassScores[]): [number, number] => {
  const scores = all.flatMap(({ f1, precision, recall }) => [f1, precision, recall])
  const ends = scores.flatMap(({ value, interval }) => [value, ...(interval ?? [])]).map((one) => 100 * one)
  const [low, high] = extentOf(ends, [0, 100]) ?? [0, 100]
  return [Math.floor(low / 10) * 10, Math.ceil(high / 10) * 10]
}

/** The commonest mistakes as bars, the paper's share as a diamond. `width` in pixels. */
export const mistakeBars = (mistakes: readonly Mistake[], width: number): Drawing => {
  const rows = mistakes.map(
    (one): Row => ({
      pair: `${one.actual} taken for ${one.predicted}`,
      images: one.images,
      share: 100 * one.share,
      claimed: one.claimed === null ? null : 100 * one.claimed,
    }),
  )
  const sort = rows.map(({ pair }) => String(pair))
  const NAMES = 166
  const y = {
    field: 'pair',
    type: 'ordinal',
    sort,
    scale: { domain: sort },
    axis: {
      title: null,
      grid: false,
      labelColor: 'var(--ink)',
      labelFontSize: 11.5,
      labelLimit: NAMES,
      minExtent: NAMES,
      maxExtent: NAMES,
    },
  }
  const x = (field: string) => ({ field, type: 'quantitative', axis: { title: 'share of the true class, %', tickCount: 5 } })
  return {
    datasets: { rows },
    spec: {
      config,
      data: { name: 'rows' },
      width: width - NAMES - 8,
      height: rows.length * 26,
      encoding: { y },
      layer: [
        {
          mark: { type: 'bar', height: 12, color: 'var(--measured)', opacity: 0.85 },
          encoding: {
            x: x('share'),
            tooltip: [
              { field: 'pair' },
              { field: 'images', format: '.0f', title: 'images, mean' },
              { field: 'share', format: '.1f', title: 'measured, %' },
              { field: 'claimed', format: '.1f', title: 'paper, %' },
            ],
          },
        },
        { mark: claimMark(30), encoding: { x: x('claimed') } },
      ],
    } as unknown as TopLevelSpec,
  }
}

const SIDE = 168

/** How often an answer is right by how sure the network is of it, above how many answers are that sure. */
export const calibrationPanel = ({ bins }: Calibration): Drawing => {
  const rows = bins.map(
    ({ confidence, right, interval: [low, high], images }): Row => ({
      confidence: 100 * confidence,
      right: 100 * right,
      low: 100 * low,
      high: 100 * high,
      images,
    }),
  )
  const scale = { domain: [0, 100], nice: false }
  const x = (field: string, labels: boolean) => ({
    field,
    type: 'quantitative',
    scale,
    axis: { title: null, labels, values: [0, 50, 100], grid: labels === false },
  })
  const y = (field: string) => ({
    field,
    type: 'quantitative',
    scale,
    axis: { title: null, values: [0, 50, 100], minExtent: 26, maxExtent: 26 },
  })
  const tooltip = [
    { field: 'confidence', format: '.1f', title: 'confidence, %' },
    { field: 'right', format: '.1f', title: 'right, %' },
    { field: 'images', format: ',d' },
  ]
  return {
    datasets: { rows, diagonal: [{ at: 0 }, { at: 100 }] },
    spec: {
      config,
      data: { name: 'rows' },
      spacing: 4,
      vconcat: [
        {
          width: SIDE,
          height: SIDE,
          layer: [
            {
              data: { name: 'diagonal' },
              mark: { type: 'line', color: 'var(--rule-strong)', strokeWidth: 1 },
              encoding: { x: x('at', false), y: y('at') },
            },
            {
              mark: { type: 'area', opacity: 0.16, color: 'var(--differs)' },
              encoding: { x: x('confidence', false), y: y('right'), y2: { field: 'confidence' } },
            },
            {
              mark: { type: 'rule', color: 'var(--measured)', strokeWidth: 1.4 },
              encoding: { x: x('confidence', false), y: y('low'), y2: { field: 'high' } },
            },
            { mark: { type: 'line', color: 'var(--measured)', strokeWidth: 1.8 }, encoding: { x: x('confidence', false), y: y('right') } },
            {
              mark: { type: 'point', filled: true, size: 26, color: 'var(--measured)', opacity: 1 },
              encoding: { x: x('confidence', false), y: y('right'), tooltip },
            },
          ],
        },
        {
          width: SIDE,
          height: 22,
          mark: { type: 'bar', width: 10, color: 'var(--rule-strong)' },
          encoding: { x: x('confidence', true), y: { field: 'images', type: 'quantitative', axis: null } },
        },
      ],
    } as unknown as TopLevelSpec,
  }
}
