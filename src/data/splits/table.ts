import type { Split as SplitSpec } from '../../../schema/recipe.ts'
import { userError } from '../../problem.ts'
import { withoutLeaks } from '../audit/leaks.ts'
import { PARTS, type Split } from '../dataset.ts'
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
  notEmpty(withoutLeaks((splits[spec.kind] as SplitRow<SpecOf<K>>).split(dataset, spec), dataset.first ?? NONE, spec.leaked), spec.leaked)

const NONE = new Int32Array(0)

const notEmpty = (split: Split, leaked: SplitSpec['leaked']): Split => {
  const empty = PARTS.filter((part) => split[part].length === 0)
  if (empty.length === 0) return split
  throw userError({
    code: 'split_part_too_small',
    message: `Without the images that are in two parts, no ${empty.join(' and no ')} image is left (split.leaked: ${leaked}).`,
    hint: 'Use leaked: keep, or more images.',
  })
}
