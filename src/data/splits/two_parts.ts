import type { SplitStratifiedHoldout } from '../../../schema/recipe.ts'
import { userError } from '../../problem.ts'
import { countValues } from '../dataset_payload.ts'
import { numpyRandom } from './numpy_random.ts'
import type { Splittable } from './split_row.ts'
import { stratifiedShuffleSplit } from './stratified_shuffle_split.ts'

type Stratify = SplitStratifiedHoldout['stratify']

export type TwoParts = {
  trainSize: number
  testSize: number
  seed: number
  stratify: Stratify
  /** Default true. */
  shuffle?: boolean | undefined
}

/** How the parts are called, for what goes wrong. */
export type PartNames = { whole: string; train: string; test: string }

/**
 * scikit-learn's `train_test_split`, to the row, of some rows of a data set.
 * @returns row numbers of the data set
 * @throws UserError `split_class_too_small`, `split_part_too_small`, `split_size`
 */
export const twoParts = (
  rows: Int32Array,
  { labels, classes }: Pick<Splittable, 'labels' | 'classes'>,
  { names, ...parts }: TwoParts & { names: PartNames },
): { train: Int32Array; test: Int32Array } => {
  const { trainSize, testSize, seed, stratify } = parts
  const own = Uint8Array.from(rows, (row) => labels[row] as number)
  const isStratified = stratify !== 'none'
  if (isStratified && parts.shuffle === false) throw orderAndClasses()
  if (isStratified) checkClasses(own, classes, names.whole)
  checkSizes(own, { [names.train]: trainSize, [names.test]: testSize }, isStratified)
  const places = isStratified
    ? stratifiedShuffleSplit(groupsOf(own, stratify), { trainSize, testSize, seed })
    : unstratified(rows.length, parts)
  const ofRows = (part: Int32Array) => part.map((place) => rows[place] as number)
  return { train: ofRows(places.train), test: ofRows(places.test) }
}

/** scikit-learn's `ShuffleSplit` takes the test part first; in order, the training part comes first. */
const unstratified = (count: number, { trainSize, testSize, seed, shuffle = true }: TwoParts) => {
  if (!shuffle) {
    const order = Int32Array.from({ length: count }, (_, place) => place)
    return { train: order.subarray(0, trainSize), test: order.subarray(trainSize, trainSize + testSize) }
  }
  const order = numpyRandom(seed).permutation(count)
  return { train: order.subarray(testSize, testSize + trainSize), test: order.subarray(0, testSize) }
}

/**
 * The group of each row, in scikit-learn's order of groups: labels are sorted as numbers, rows of a one-hot matrix as text ("0 0 1" before
 * "0 1 0" before "1 0 0"), which turns the order of the classes round. So the two draw different numbers for the same class.
 */
const groupsOf = (labels: Uint8Array, stratify: Stratify): number[] => {
  const present = [...new Set(labels)].sort((a, b) => (stratify === 'one_hot' ? b - a : a - b))
  return Array.from(labels, (label) => present.indexOf(label))
}

const checkClasses = (labels: Uint8Array, classes: readonly string[], where: string) => {
  const lonely = countValues(labels, classes.length).flatMap((count, label) => (count === 1 ? [`"${classes[label]}"`] : []))
  if (lonely.length > 0)
    throw userError({
      code: 'split_class_too_small',
      message: `${lonely.length === 1 ? `The class ${lonely[0]} has` : `The classes ${lonely.join(', ')} have`} only one image in ${where}; a stratified split needs two of each class.`,
      hint: 'Use more images, hold out more of them (split.test_size), take the class out, or write stratify: none.',
    })
}

const checkSizes = (labels: Uint8Array, sizes: Record<string, number>, isStratified: boolean) => {
  const least = isStratified ? new Set(labels).size : 1
  for (const [part, size] of Object.entries(sizes))
    if (size < least || size === 0)
      throw userError({
        code: 'split_part_too_small',
        message: isStratified
          ? `The ${part} would have ${size} of ${labels.length} images, for ${least} classes; a stratified split needs at least one for each class.`
          : `The ${part} would have ${size} of ${labels.length} images.`,
        hint: 'Use more images, or change the sizes in split.',
      })
}

const orderAndClasses = () =>
  userError({
    code: 'split_size',
    message: 'With shuffle: false images are divided in their order, so that no class can have its share of each part.',
    hint: 'Write stratify: none too, or leave shuffle out.',
  })
