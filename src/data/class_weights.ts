import type { Training } from '../../schema/recipe.ts'
import { type Problem, UserError } from '../problem.ts'
import { countValues } from './dataset_payload.ts'

/** Images of each class among the rows. */
export const classCounts = ({ labels, classes }: { labels: Uint8Array; classes: readonly string[] }, rows: Int32Array): number[] =>
  countValues(
    Array.from(rows, (row) => labels[row] as number),
    classes.length,
  )

type Scheme = Training['class_weight']

/** What is wrong with weights for these training images: a class that has none, or one that there is not. */
export const classWeightProblems = (counts: readonly number[], classes: readonly string[], scheme: Scheme): Problem[] => {
  if (scheme === 'none') return []
  if (typeof scheme === 'object')
    return Object.keys(scheme).flatMap((key) => (placeOf(classes, key) < 0 ? [unknownClass(key, classes)] : []))
  const empty = classes.filter((_, label) => counts[label] === 0)
  return empty.length === 0 ? [] : [emptyClass(empty, scheme)]
}

/**
 * Weights of the classes in the training loss.
 *
 *     balanced           n / (classes · count_c)         scikit-learn's compute_class_weight('balanced')
 *     inverse_frequency  (1/f_c) / Σ_k (1/f_k)           f_c = count_c / n; the paper's, they sum to 1
 *     a map              the weight of the class's name or number, 1 for a class that is not in it, as Keras' class_weight
 *
 * @param counts training images of each class
 * @returns null for `none`
 * @throws UserError `class_weight_empty_class` where a class has no training image, `class_unknown` for a weight of none
 */
export const classWeights = (counts: readonly number[], classes: readonly string[], scheme: Scheme): number[] | null => {
  if (scheme === 'none') return null
  const problems = classWeightProblems(counts, classes, scheme)
  if (problems.length > 0) throw new UserError(problems)
  if (typeof scheme === 'object') return classes.map((name, label) => scheme[name] ?? scheme[label] ?? 1)
  const total = counts.reduce((all, count) => all + count, 0)
  if (scheme === 'balanced') return counts.map((count) => total / (classes.length * count))
  const inverses = counts.map((count) => total / count)
  const sum = inverses.reduce((all, inverse) => all + inverse, 0)
  return inverses.map((inverse) => inverse / sum)
}

const placeOf = (classes: readonly string[], key: string): number =>
  classes.includes(key) ? classes.indexOf(key) : /^\d+$/.test(key) && Number(key) < classes.length ? Number(key) : -1

const unknownClass = (key: string, classes: readonly string[]): Problem => ({
  code: 'class_unknown',
  severity: 'error',
  message: `training.class_weight has a weight for "${key}", and the data have no such class.`,
  hint: `They have: ${classes.map((name, label) => `${label} ${name}`).join(', ')}.`,
})

const emptyClass = (empty: readonly string[], scheme: string): Problem => ({
  code: 'class_weight_empty_class',
  severity: 'error',
  message: `training.class_weight: ${scheme} needs training images of each class; there are none of ${empty.join(', ')}.`,
  hint: 'Use more training images, take the class out (dataset.classes), or write training.class_weight: none.',
})
