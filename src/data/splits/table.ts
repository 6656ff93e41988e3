import type { Split as SplitSpec } from '../../../schema/recipe.ts'
import type { Split } from '../dataset.ts'
import { group_kfold, stratified_kfold } from './folds.ts'
import { given_parts } from './given_parts.ts'
import type { SplitRow, Splittable } from './split_row.ts'
import { stratified_holdout } from './stratified_holdout.ts'

type Kind = SplitSpec['kind']
type SpecOf<K extends Kind> = Extract<SplitSpec, { kind: K }>

const splits: { [K in Kind]: SplitRow<SpecOf<K>> } = {
  stratified_holdout,
  usage_column: given_parts,
  predefined: given_parts,
  stratified_kfold,
  group_kfold,
}

/**
 * Divides a data set into training, validation and test set, before any `limit`.
 * @throws UserError `split_…`: a class or part too small, a size, fold or part that there is not, no division or groups of the source's own
 */
export const splitDataset = <K extends Kind>(dataset: Splittable, spec: SpecOf<K>): Split =>
  (splits[spec.kind] as SplitRow<SpecOf<K>>).split(dataset, spec)
