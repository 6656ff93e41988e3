import type { Split as SplitSpec } from '../../schema/recipe.ts'
import { classCounts } from './class_weights.ts'
import type { Part, Split } from './dataset.ts'
import type { Splittable } from './splits/split_row.ts'
import { splitDataset } from './splits/table.ts'

/** Images of each class in each part. */
export type PartCounts = Readonly<Record<Part, readonly number[]>>

/** Images of each part. */
export type Sizes = Readonly<Record<Part, number>>

/** Images of each part. */
export const partSizes = (counts: PartCounts): Sizes => {
  const sum = (values: readonly number[]) => values.reduce((all, count) => all + count, 0)
  return { train: sum(counts.train), validation: sum(counts.validation), test: sum(counts.test) }
}

/** Images of each class in each part of a split, before any limit. @throws UserError as `splitDataset` */
export const partCounts = (data: Splittable, spec: SplitSpec): PartCounts => countsOf(data, splitDataset(data, spec))

/** Images of each class in each part. */
export const countsOf = (data: Splittable, { train, validation, test }: Split): PartCounts => {
  return { train: classCounts(data, train), validation: classCounts(data, validation), test: classCounts(data, test) }
}
