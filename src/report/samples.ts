import type { Cell } from './cells.ts'
import type { Measure, Weights } from './measures.ts'
import { mean } from './statistics/mean.ts'
import { type Deviation, pooledDeviation } from './statistics/pooled_deviation.ts'

/** The numbers of a cell's seeds under one set of weights. */
export type Sample = {
  weights: Weights
  seeds: readonly { seed: number; value: number }[]
  mean: number
  /** Images that an accuracy is a share of, the fewest of any seed. */
  images: number
  /** Mean of the same number on the validation images, or null. */
  validation: number | null
}

/** What was measured of a cell under these weights; null where nothing was. */
export const sampleOf = (cell: Cell, measure: Measure, weights: Weights, validation: Measure | null): Sample | null => {
  const found = cell.records.flatMap((record) => {
    const value = measure.of(record, weights)
    return value === null ? [] : [{ record, value }]
  })
  if (found.length === 0) return null
  const validated = found.flatMap(({ record }) => validation?.of(record, weights) ?? [])
  return {
    weights,
    seeds: found.map(({ record: { seed }, value }) => ({ seed, value })),
    mean: mean(found.map(({ value }) => value)),
    images: Math.min(...found.map(({ record }) => measure.images(record))),
    validation: validated.length === 0 ? null : mean(validated),
  }
}

/**
 * How much one run differs from another of its cell by its seed, pooled over the cells. Null where no cell has two seeds, or where seeds
 * differ by no more than the steps of an accuracy: so few or so equal runs say nothing of the next one.
 */
export const seedDeviation = (samples: readonly Sample[], measure: Measure): Deviation | null => {
  const pooled = pooledDeviation(samples.map(valuesOf))
  const images = Math.min(...samples.map((sample) => sample.images))
  const least = measure.scale === 'share' && images > 0 ? rounding(images) : 0
  return pooled === null || pooled.value <= least ? null : pooled
}

const valuesOf = ({ seeds }: Sample): number[] => seeds.map(({ value }) => value)

/** Standard deviation of a number that is only known to one of `images` steps: what rounding alone does. */
const rounding = (images: number): number => 1 / (images * Math.sqrt(12))
