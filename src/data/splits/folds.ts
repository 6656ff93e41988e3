import type { SplitGroupKfold, SplitStratifiedKfold } from '../../../schema/recipe.ts'
import { userError } from '../../problem.ts'
import { countValues } from '../dataset_payload.ts'
import { numpyRandom } from './numpy_random.ts'
import { sizesOf } from './sizes.ts'
import type { SplitRow } from './split_row.ts'
import { twoParts } from './two_parts.ts'

/**
 * scikit-learn's `StratifiedKFold(n_splits, shuffle=shuffle, random_state=random_state)`: fold number `fold` is the test set, and of the
 * rest `train_test_split(rest, test_size=validation_size, stratify=y[rest], random_state=random_state)` takes the validation set.
 */
export const stratified_kfold: SplitRow<SplitStratifiedKfold> = {
  split: (dataset, { n_splits, fold, shuffle, random_state: seed, validation_size }) => {
    checkFold(n_splits, fold)
    const folds = stratifiedFolds(dataset.labels, { n_splits, seed: shuffle ? seed : null })
    const { rest, test } = apart(folds, fold)
    const names = { whole: 'the other folds', train: 'training set', test: 'validation set' }
    const sizes = sizesOf(rest.length, { test_size: validation_size }, { train: 'train_size', test: 'validation_size' })
    const { train, test: validation } = twoParts(rest, dataset, { ...sizes, seed, stratify: 'labels', names })
    return { train, validation, test }
  },
}

/** The fold of each row. Classes are numbered in the order in which they occur, as scikit-learn does. */
const stratifiedFolds = (labels: Uint8Array, { n_splits, seed }: { n_splits: number; seed: number | null }): Int32Array => {
  const present = [...new Set(labels)]
  const encoded = Array.from(labels, (label) => present.indexOf(label))
  const counts = countValues(encoded, present.length)
  if (counts.every((count) => n_splits > count)) throw tooManyFolds(n_splits, Math.max(...counts, 0))
  const order = encoded.toSorted((a, b) => a - b)
  const random = seed === null ? null : numpyRandom(seed)
  const folds = new Int32Array(labels.length)
  for (const [kind] of present.entries()) {
    const ofClass = Array.from({ length: n_splits }, (_, fold) => order.filter((own, at) => own === kind && at % n_splits === fold).length)
    const places = Int32Array.from(ofClass.flatMap((count, fold) => Array<number>(count).fill(fold)))
    const shuffled = random ? random.permutation(places) : places
    let at = 0
    for (const [row, own] of encoded.entries()) if (own === kind) folds[row] = shuffled[at++] as number
  }
  return folds
}

/**
 * scikit-learn's `GroupKFold(n_splits)`: no group is in two parts. The test set is fold number `fold`; the validation set are as many of the
 * other groups as `GroupShuffleSplit(1, test_size=validation_size, random_state=random_state)` takes.
 */
export const group_kfold: SplitRow<SplitGroupKfold> = {
  split: ({ groups, name }, { n_splits, fold, random_state: seed, validation_size }) => {
    checkFold(n_splits, fold)
    if (!groups) throw withoutGroups(name)
    const { rest, test } = apart(groupFolds(groups, n_splits), fold)
    const present = [...new Set(Array.from(rest, (row) => groups[row] as number))].sort((a, b) => a - b)
    const sizes = sizesOf(present.length, { test_size: validation_size }, { train: 'train_size', test: 'validation_size' })
    if (sizes.trainSize === 0) throw tooFewGroups(n_splits, present.length)
    const order = numpyRandom(seed).permutation(present.length)
    const held = new Set(Array.from(order.subarray(0, sizes.testSize), (at) => present[at] as number))
    const isHeld = (row: number) => held.has(groups[row] as number)
    return { train: rest.filter((row) => !isHeld(row)), validation: rest.filter(isHeld), test }
  },
}

/** The largest groups first, each to the fold that has the fewest images; of equally large groups the last first. */
const groupFolds = (groups: Int32Array, n_splits: number): Int32Array => {
  const present = [...new Set(groups)].sort((a, b) => a - b)
  if (n_splits > present.length) throw tooFewGroups(n_splits, present.length)
  const places = new Map(present.map((group, at) => [group, at]))
  const counts = countValues(
    Array.from(groups, (group) => places.get(group) as number),
    present.length,
  )
  const order = [...counts.keys()].sort((a, b) => (counts[a] as number) - (counts[b] as number) || a - b).reverse()
  const inFold = new Array<number>(n_splits).fill(0)
  const foldOf = new Array<number>(present.length).fill(0)
  for (const group of order) {
    const lightest = inFold.indexOf(Math.min(...inFold))
    inFold[lightest] = (inFold[lightest] as number) + (counts[group] as number)
    foldOf[group] = lightest
  }
  return Int32Array.from(groups, (group) => foldOf[places.get(group) as number] as number)
}

const apart = (folds: Int32Array, fold: number) => {
  const rows = Int32Array.from(folds.keys())
  return { rest: rows.filter((row) => folds[row] !== fold), test: rows.filter((row) => folds[row] === fold) }
}

const checkFold = (n_splits: number, fold: number) => {
  if (fold >= n_splits)
    throw userError({
      code: 'split_fold',
      message: `split.fold is ${fold}, and the ${n_splits} folds are numbered from 0 to ${n_splits - 1}.`,
      hint: `Write a fold below ${n_splits}; an axis of the matrix makes one cell of each.`,
    })
}

const tooManyFolds = (folds: number, most: number) =>
  userError({
    code: 'split_fold',
    message: `split.n_splits is ${folds}, and no class has more than ${most} images.`,
    hint: `Make at most ${most} folds, or use more images.`,
  })

const withoutGroups = (name: string) =>
  userError({
    code: 'split_no_groups',
    message: `The data set "${name}" does not say which images belong together, as group_kfold needs it.`,
    hint: 'Name the column that does in dataset.group_column, or the part of the file names in dataset.group_pattern.',
  })

const tooFewGroups = (folds: number, groups: number) =>
  userError({
    code: 'split_fold',
    message: `split.n_splits is ${folds}, and there are ${groups} groups for test, validation and training.`,
    hint: 'Make fewer folds, or use images of more groups.',
  })
