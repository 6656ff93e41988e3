import type { Measure } from './measures.ts'
import type { Sample } from './samples.ts'
import { CONFIDENCE, type Interval, newcombeInterval, quantile, studentInterval, wilsonInterval } from './statistics/intervals.ts'
import type { Deviation } from './statistics/pooled_deviation.ts'

/** What a measured number says about a claimed one. `open`: the interval reaches over the margin, or there is none. */
export type Verdict = 'agrees' | 'differs' | 'open' | 'not_comparable' | 'no_claim'

/** What an interval varies over: runs of other seeds on the same images, or other images of the same kind under the same network. */
export type Over = 'seeds' | 'images'
export type Spread = { interval: Interval; over: Over }

/** Decided by the recipe, before anything was run. */
export type Rule = { margin: number; confidence: number }

/** What is known of how numbers vary: by the seed, pooled over all cells, where that is known; the measure says whether by images. */
export type Known = { measure: Measure; deviation: Deviation | null }

/**
 * Where the mean over all seeds lies: Student's t with the deviation pooled over cells. Where no deviation between seeds is known, Wilson's
 * interval of an accuracy over its images; null for a loss.
 */
export const meanSpread = (sample: Sample, { measure, deviation }: Known, confidence = CONFIDENCE): Spread | null => {
  if (deviation !== null) {
    const estimate = { value: sample.mean, error: deviation.value / Math.sqrt(sample.seeds.length), freedom: deviation.freedom }
    return { interval: studentInterval(estimate, confidence), over: 'seeds' }
  }
  if (!isShare(measure, sample)) return null
  return { interval: wilsonInterval({ share: sample.mean, images: sample.images }, confidence), over: 'images' }
}

const isShare = ({ scale }: Measure, { images }: Sample): boolean => scale === 'share' && images > 0

/**
 * Where one more run would lie, less the claim: mean ± t·s·√(1 + 1/n), with s the deviation of one run pooled over cells (Student's prediction
 * interval). Where no deviation between seeds is known, two accuracies on as many images are told apart by Newcombe's interval.
 */
export const oneMoreRun = (sample: Sample, claimed: number, { measure, deviation }: Known, confidence = CONFIDENCE): Spread | null => {
  if (deviation !== null) {
    const error = deviation.value * Math.sqrt(1 + 1 / sample.seeds.length)
    const estimate = { value: sample.mean - claimed, error, freedom: deviation.freedom }
    return { interval: studentInterval(estimate, confidence), over: 'seeds' }
  }
  if (!isShare(measure, sample)) return null
  const { images } = sample
  return { interval: newcombeInterval({ share: sample.mean, images }, { share: claimed, images }, confidence), over: 'images' }
}

/** *agrees*: the whole interval of one more run lies within the margin of the claim; *differs*: none of it does; else *open*. */
export const verdictOf = (spread: Spread | null, { margin }: Rule): 'agrees' | 'differs' | 'open' => {
  if (spread === null) return 'open'
  const [low, high] = spread.interval
  if (low >= -margin && high <= margin) return 'agrees'
  return low > margin || high < -margin ? 'differs' : 'open'
}

/** More seeds than this settle nothing in practice. */
const MOST_SEEDS = 200

/**
 * How many seeds each cell would need for a verdict, were the mean and the deviation to stay as they are; null where no number would do (single
 * runs vary too much for this margin) or where nothing is known of how seeds vary.
 */
export const seedsToSettle = (
  sample: Sample,
  claimed: number,
  { deviation, cells }: { deviation: Deviation | null; cells: number },
  rule: Rule,
) => {
  if (deviation === null) return null
  const room = Math.abs(Math.abs(sample.mean - claimed) - rule.margin)
  for (let seeds = sample.seeds.length + 1; seeds <= MOST_SEEDS; seeds++) {
    const freedom = deviation.freedom + cells * (seeds - sample.seeds.length)
    if (quantile(freedom, rule.confidence) * deviation.value * Math.sqrt(1 + 1 / seeds) <= room) return seeds
  }
  return null
}
