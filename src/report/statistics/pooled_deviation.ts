import { mean } from './mean.ts'

/** A standard deviation and the degrees of freedom that it was estimated with. */
export type Deviation = { value: number; freedom: number }

/**
 * The standard deviation of one value about the mean of its group, over all groups: the root of their summed squares by their summed
 * degrees of freedom. Null where no group has two values. Assumes that the groups spread alike. Source: the error mean square of a one-way
 * analysis of variance (statsmodels' `anova_lm`).
 */
export const pooledDeviation = (groups: readonly (readonly number[])[]): Deviation | null => {
  const freedom = groups.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0)
  if (freedom === 0) return null
  return { value: Math.sqrt(groups.reduce((sum, values) => sum + squares(values), 0) / freedom), freedom }
}

const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0)
