import type { Split as SplitSpec } from '../../../schema/recipe.ts'
import type { Part, Split } from '../dataset.ts'
import type { DatasetDescription } from '../dataset_payload.ts'
import type { SplitRow, Splittable } from './split_row.ts'
import { stratified_holdout } from './stratified_holdout.ts'
import { usage_column } from './usage_column.ts'

type Kind = SplitSpec['kind']
type SpecOf<K extends Kind> = Extract<SplitSpec, { kind: K }>

const splits: { [K in Kind]: SplitRow<SpecOf<K>> } = { stratified_holdout, usage_column }

/**
 * Divides a data set into training, validation and test set, before any `limit`.
 * @throws UserError `split_class_too_small`, `split_part_too_small` or `split_no_usage`
 */
export const splitDataset = <K extends Kind>(dataset: Splittable, spec: SpecOf<K>): Split =>
  (splits[spec.kind] as SplitRow<SpecOf<K>>).split(dataset, spec)

/** Images of each part, before any `limit`, from the description alone. */
export const splitSizes = <K extends Kind>(description: DatasetDescription, spec: SpecOf<K>): Record<Part, number> =>
  (splits[spec.kind] as SplitRow<SpecOf<K>>).sizes(description, spec)
