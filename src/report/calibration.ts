import type { Cell } from './cells.ts'
import type { Weights } from './measures.ts'
import type { PredictionsOf } from './predictions.ts'
import { type Interval, wilsonInterval } from './statistics/intervals.ts'

/** Images answered with about the same confidence: their mean confidence, the share of right answers with Wilson's interval, their number. */
type Bin = { confidence: number; right: number; interval: Interval; images: number }
/** `error`: expected calibration error, the mean gap between confidence and right answers, weighted by images. */
export type Calibration = { bins: readonly Bin[]; error: number; confidence: number; accuracy: number }

const BINS = 10

/**
 * Ten bins of equal width of the confidence in the predicted class, over all seeds of a cell; bins without images are left out. Null without predictions.
 * Source: Guo et al. 2017, On Calibration of Modern Neural Networks, section 2.
 */
export const calibrationOf = (cell: Cell, weights: Weights, predictionsOf: PredictionsOf): Calibration | null => {
  const sums = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, images: 0 }))
  let all = 0
  for (const record of cell.records) {
    const found = predictionsOf(record, weights)
    if (found === null) continue
    for (let image = 0; image < found.labels.length; image++) {
      const confidence = found.confidence[image] ?? 0
      const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))]
      if (bin === undefined) continue
      bin.confidence += confidence
      bin.right += found.labels[image] === found.predicted[image] ? 1 : 0
      bin.images++
      all++
    }
  }
  if (all === 0) return null
  const bins = sums
    .filter(({ images }) => images > 0)
    .map(({ confidence, right, images }) => ({
      confidence: confidence / images,
      right: right / images,
      interval: wilsonInterval({ share: right / images, images }),
      images,
    }))
  const mean = (of: (bin: Bin) => number) => bins.reduce((sum, bin) => sum + of(bin) * bin.images, 0) / all
  return {
    bins,
    error: mean((bin) => Math.abs(bin.confidence - bin.right)),
    confidence: mean((bin) => bin.confidence),
    accuracy: mean((bin) => bin.right),
  }
}

/** A wrong answer that a network was sure of: mean confidence over the seeds that gave it. */
export type SureMistake = { row: number; actual: number; predicted: number; confidence: number; seeds: number }

/** The wrong answers of a cell with the highest confidence, the mean over the seeds that gave the same answer; at most `most`. */
export const sureMistakes = (
  cell: Cell,
  { weights, predictionsOf, most }: { weights: Weights; predictionsOf: PredictionsOf; most: number },
): SureMistake[] => {
  const found = new Map<string, SureMistake>()
  for (const record of cell.records) {
    const one = predictionsOf(record, weights)
    if (one === null) continue
    for (let image = 0; image < one.labels.length; image++) {
      const [row = 0, actual = 0, predicted = 0] = [one.rows[image], one.labels[image], one.predicted[image]]
      if (actual === predicted) continue
      const key = `${row} ${predicted}`
      const known = found.get(key) ?? { row, actual, predicted, confidence: 0, seeds: 0 }
      found.set(key, { ...known, confidence: known.confidence + (one.confidence[image] ?? 0), seeds: known.seeds + 1 })
    }
  }
  const seeds = Math.max(0, ...[...found.values()].map((one) => one.seeds))
  return [...found.values()]
    .filter((one) => one.seeds === seeds)
    .map((one) => ({ ...one, confidence: one.confidence / one.seeds }))
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, most)
}
