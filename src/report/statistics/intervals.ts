import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'

/** Lower and upper end. */
export type Interval = readonly [number, number]

/** A share of `images`: an accuracy on a test set. */
export type Proportion = { share: number; images: number }

/** The confidence of intervals for which no recipe names another. */
export const CONFIDENCE = 0.95

/**
 * Wilson's score interval of a share in 0…1 of `images` > 0 independent trials; never of width 0. Source: Wilson 1927; the same as SciPy's
 * `binomtest(...).proportion_ci(method='wilson')`.
 */
export const wilsonInterval = ({ share, images }: Proportion, confidence = CONFIDENCE): Interval => {
  const z = normalQuantile(upper(confidence), 0, 1)
  const middle = (share + z ** 2 / (2 * images)) / (1 + z ** 2 / images)
  const margin = (z / (1 + z ** 2 / images)) * Math.sqrt((share * (1 - share)) / images + z ** 2 / (4 * images ** 2))
  return [Math.max(0, middle - margin), Math.min(1, middle + margin)]
}

const upper = (confidence: number): number => (1 + confidence) / 2

/**
 * Newcombe's interval of the difference a − b of two independent shares: his method 10, from Wilson's intervals. Source: Newcombe 1998,
 * Statistics in Medicine 17:873–890; statsmodels' `confint_proportions_2indep(method='newcomb')`.
 */
export const newcombeInterval = (a: Proportion, b: Proportion, confidence = CONFIDENCE): Interval => {
  const [lowA, highA] = wilsonInterval(a, confidence)
  const [lowB, highB] = wilsonInterval(b, confidence)
  const difference = a.share - b.share
  return [difference - Math.hypot(a.share - lowA, highB - b.share), difference + Math.hypot(highA - a.share, b.share - lowB)]
}

/** An estimate with its standard error, and the degrees of freedom that the error was estimated with. */
export type Estimate = { value: number; error: number; freedom: number }

/** Student's t interval of an estimate; `freedom` may be a fraction (Satterthwaite) or Infinity (the normal distribution). */
export const studentInterval = ({ value, error, freedom }: Estimate, confidence = CONFIDENCE): Interval => {
  const margin = quantile(freedom, confidence) * error
  return [value - margin, value + margin]
}

/** How many standard errors an interval reaches to either side. */
export const quantile = (freedom: number, confidence = CONFIDENCE): number =>
  Number.isFinite(freedom) ? tQuantile(upper(confidence), freedom) : normalQuantile(upper(confidence), 0, 1)
