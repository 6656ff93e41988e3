import type { Limit } from '../../schema/recipe.ts'
import { PARTS, type Split } from './dataset.ts'
import type { Sizes } from './part_counts.ts'

/** Images of each part under a limit. */
export const limitedSizes = (sizes: Sizes, limit: Limit): Sizes => ({
  train: Math.min(sizes.train, limit.train ?? Infinity),
  validation: Math.min(sizes.validation, limit.validation ?? Infinity),
  test: Math.min(sizes.test, limit.test ?? Infinity),
})

/** The first rows of each part that has a limit; the other parts whole. */
export const applyLimit = (split: Split, limit: Limit = {}): Split =>
  Object.fromEntries(PARTS.map((part) => [part, split[part].subarray(0, limit[part])])) as Split
