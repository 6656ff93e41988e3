import type { Limit } from '../../schema/recipe.ts'
import { PARTS, type Split } from './dataset.ts'

/** The first rows of each part that has a limit; the other parts whole. */
export const applyLimit = (split: Split, limit: Limit = {}): Split =>
  Object.fromEntries(PARTS.map((part) => [part, split[part].subarray(0, limit[part])])) as Split
