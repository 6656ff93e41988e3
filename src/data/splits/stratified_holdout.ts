import type { SplitStratifiedHoldout } from '../../../schema/recipe.ts'
import { sizesOf } from './sizes.ts'
import type { SplitRow } from './split_row.ts'
import { twoParts } from './two_parts.ts'

/**
 * scikit-learn's `train, held = train_test_split(rows, train_size=train_size, test_size=test_size, stratify=y, shuffle=shuffle,
 * random_state=random_state)`, then `validation, test = train_test_split(held, train_size=validation_of_test, stratify=y[held], …)`.
 */
export const stratified_holdout: SplitRow<SplitStratifiedHoldout> = {
  split: (dataset, { train_size, test_size, validation_of_test, random_state: seed, stratify, shuffle }) => {
    const all = Int32Array.from({ length: dataset.labels.length }, (_, row) => row)
    const first = sizesOf(all.length, { train_size, test_size }, { train: 'train_size', test: 'test_size' })
    const common = { seed, stratify, shuffle }
    const { train, test: held } = twoParts(all, dataset, {
      ...first,
      ...common,
      names: { whole: 'the data set', train: 'training set', test: 'held-out part' },
    })
    const second = sizesOf(held.length, { train_size: validation_of_test }, { train: 'validation_of_test', test: 'test_size' })
    const { train: validation, test } = twoParts(held, dataset, {
      ...second,
      ...common,
      names: { whole: 'the held-out part', train: 'validation set', test: 'test set' },
    })
    return { train, validation, test }
  },
}
