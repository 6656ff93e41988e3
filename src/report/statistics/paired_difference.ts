import tCdf from '@stdlib/stats-base-dists-t-cdf'
import type { Estimate } from './intervals.ts'
import { mean } from './mean.ts'

/** The same images under pairs of runs, one pair a seed: right answers as 1, wrong ones as 0. */
export type PairedRuns = readonly { a: Uint8Array; b: Uint8Array }[]

type Squares = { seeds: number; images: number; rest: number }

/**
 * Mean difference of accuracy a − b over seeds and test images, both taken as drawn at random (a crossed design): its error is
 * √((MS_seeds + MS_images − MS_rest) / (seeds · images)), never below that of the images alone; its degrees of freedom are Satterthwaite's.
 * With one seed it varies over images only. At least one pair of at least two images. Sources: Cornfield & Tukey 1956 (mean squares of crossed
 * factors); Satterthwaite 1946; statsmodels' `anova_lm` gives the same mean squares.
 */
export const pairedDifference = (pairs: PairedRuns): Estimate => {
  const differences = pairs.map(({ a, b }) => Float64Array.from(a, (right, image) => right - (b[image] ?? 0)))
  const [n, images] = [differences.length, differences[0]?.length ?? 0]
  const value = mean(differences.map((one) => mean([...one])))
  const squares = meanSquares(differences, value)
  const sum = squares.seeds + squares.images - squares.rest
  if (n === 1 || sum <= squares.images) return { value, error: Math.sqrt(squares.images / (n * images)), freedom: images - 1 }
  const spread = squares.seeds ** 2 / (n - 1) + squares.images ** 2 / (images - 1) + squares.rest ** 2 / ((n - 1) * (images - 1))
  return { value, error: Math.sqrt(sum / (n * images)), freedom: sum ** 2 / spread }
}

/** Mean squares of the differences by seed and by image, and of what neither explains. */
const meanSquares = (differences: readonly Float64Array[], value: number): Squares => {
  const [n, images] = [differences.length, differences[0]?.length ?? 0]
  const bySeed = differences.map((one) => mean([...one]))
  let imageSquares = 0
  let restSquares = 0
  for (let image = 0; image < images; image++) {
    const ofImage = mean(differences.map((one) => one[image] ?? 0))
    imageSquares += (ofImage - value) ** 2
    for (let seed = 0; seed < n; seed++) restSquares += ((differences[seed]?.[image] ?? 0) - (bySeed[seed] ?? 0) - ofImage + value) ** 2
  }
  return {
    seeds: n === 1 ? 0 : (images * bySeed.reduce((sum, one) => sum + (one - value) ** 2, 0)) / (n - 1),
    images: (n * imageSquares) / (images - 1),
    rest: n === 1 ? 0 : restSquares / ((n - 1) * (images - 1)),
  }
}

/** Two-sided p of an estimate against 0: 1 where it is 0 and does not vary. */
export const pValue = ({ value, error, freedom }: Estimate): number => {
  if (error === 0) return value === 0 ? 1 : 0
  return 2 * tCdf(-Math.abs(value / error), freedom)
}
