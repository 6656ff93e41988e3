import jStat from 'jstat'

/** Lower and upper end. */
export type Interval = readonly [number, number]

/** A share of `images`: an accuracy on a test set. */
export type Proportion = { share: number; images: number }

const CONFIDENCE = 0.95
const UPPER = (1 + CONFIDENCE) / 2

const mean = (values: readonly number[]): number => jStat.mean(values)

/** Half-width of an interval of Student's t over n values for a standard error of `factor` standard deviations. */
const studentMargin = (values: readonly number[], factor: number): number =>
  jStat.studentt.inv(UPPER, values.length - 1) * jStat.stdev(values, true) * factor

/**
 * Wilson's score interval (95 %) of a share in 0…1 of `images` > 0 independent trials. Source: Wilson 1927; the same as SciPy's
 * `binomtest(...).proportion_ci(method='wilson')`.
 */
export const wilsonInterval = ({ share, images }: Proportion): Interval => {
  const z = jStat.normal.inv(UPPER, 0, 1)
  const middle = (share + z ** 2 / (2 * images)) / (1 + z ** 2 / images)
  const margin = (z / (1 + z ** 2 / images)) * Math.sqrt((share * (1 - share)) / images + z ** 2 / (4 * images ** 2))
  return [Math.max(0, middle - margin), Math.min(1, middle + margin)]
}

/** Student's t interval (95 %) of the mean of at least two values: where the mean over all possible seeds lies. */
export const meanInterval = (values: readonly number[]): Interval => {
  const margin = studentMargin(values, 1 / Math.sqrt(values.length))
  return [mean(values) - margin, mean(values) + margin]
}

/**
 * Newcombe's interval (95 %) of the difference a − b of two independent shares: his method 10, from Wilson's intervals.
 * Source: Newcombe 1998, Statistics in Medicine 17:873–890.
 */
export const newcombeInterval = (a: Proportion, b: Proportion): Interval => {
  const [lowA, highA] = wilsonInterval(a)
  const [lowB, highB] = wilsonInterval(b)
  const difference = a.share - b.share
  return [difference - Math.hypot(a.share - lowA, highB - b.share), difference + Math.hypot(highA - a.share, b.share - lowB)]
}

/**
 * Student's t prediction interval (95 %) for the mean of at least two values minus one more value of the same distribution, laid around
 * the difference seen. It holds 0 where `single` could have been one more seed.
 */
export const differenceFromOneMore = (values: readonly number[], single: number): Interval => {
  const margin = studentMargin(values, Math.sqrt(1 + 1 / values.length))
  const difference = mean(values) - single
  return [difference - margin, difference + margin]
}
