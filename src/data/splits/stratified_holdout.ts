import type { SplitStratifiedHoldout } from '../../../schema/recipe.ts'
import { userError } from '../../problem.ts'
import type { Part } from '../dataset.ts'
import { countValues } from '../dataset_payload.ts'
import type { SplitRow } from './split_row.ts'
import { stratifiedShuffleSplit } from './stratified_shuffle_split.ts'

/**
 * scikit-learn's `train, held = train_test_split(rows, test_size=test_size, stratify=y, random_state=random_state)`, then
 * `validation, test = train_test_split(held, train_size=validation_of_test, stratify=y[held], random_state=random_state)`.
 */
export const stratified_holdout: SplitRow<SplitStratifiedHoldout> = {
  split: ({ labels, classes }, spec) => {
    const sizes = sizesOf(labels.length, spec)
    const { random_state: seed, stratify } = spec
    const held = sizes.validation + sizes.test

    checkClasses(labels, classes, 'the data set')
    checkSizes(labels, { 'training set': sizes.train, 'held-out part': held })
    const first = stratifiedShuffleSplit(groupsOf(labels, stratify), { trainSize: sizes.train, testSize: held, seed })

    const heldLabels = Uint8Array.from(first.test, (row) => labels[row] as number)
    checkClasses(heldLabels, classes, 'the held-out part')
    checkSizes(heldLabels, { 'validation set': sizes.validation, 'test set': sizes.test })
    const second = stratifiedShuffleSplit(groupsOf(heldLabels, stratify), { trainSize: sizes.validation, testSize: sizes.test, seed })

    const ofHeld = (rows: Int32Array) => rows.map((place) => first.test[place] as number)
    return { train: first.train, validation: ofHeld(second.train), test: ofHeld(second.test) }
  },
  sizes: ({ images }, spec) => sizesOf(images, spec),
}

/** scikit-learn rounds a `test_size` up and a `train_size` down. */
const sizesOf = (images: number, { test_size, validation_of_test }: SplitStratifiedHoldout): Record<Part, number> => {
  const held = Math.ceil(test_size * images)
  const validation = Math.floor(validation_of_test * held)
  return { train: images - held, validation, test: held - validation }
}

/**
 * The group of each row, in scikit-learn's order of groups: labels are sorted as numbers, rows of a one-hot matrix as text ("0 0 1" before
 * "0 1 0" before "1 0 0"), which turns the order of the classes round. So the two draw different numbers for the same class.
 */
const groupsOf = (labels: Uint8Array, stratify: SplitStratifiedHoldout['stratify']): number[] => {
  const present = [...new Set(labels)].sort((a, b) => (stratify === 'one_hot' ? b - a : a - b))
  return Array.from(labels, (label) => present.indexOf(label))
}

const checkClasses = (labels: Uint8Array, classes: readonly string[], where: string) => {
  const lonely = countValues(labels, classes.length).flatMap((count, label) => (count === 1 ? [`"${classes[label]}"`] : []))
  if (lonely.length > 0)
    throw userError({
      code: 'split_class_too_small',
      message: `${lonely.length === 1 ? `The class ${lonely[0]} has` : `The classes ${lonely.join(', ')} have`} only one image in ${where}; a stratified split needs two of each class.`,
      hint: 'Use more images, hold out more of them (split.test_size), or take the class out.',
    })
}

const checkSizes = (labels: Uint8Array, sizes: Record<string, number>) => {
  const classes = new Set(labels).size
  for (const [part, size] of Object.entries(sizes))
    if (size < classes || size === 0)
      throw userError({
        code: 'split_part_too_small',
        message: `The ${part} would have ${size} of ${labels.length} images, for ${classes} classes; a stratified split needs at least one for each class.`,
        hint: 'Use more images, or change split.test_size and split.validation_of_test.',
      })
}
