import type { Training } from '../../schema/recipe.ts'
import { userError } from '../problem.ts'
import { countValues } from './dataset_payload.ts'

/** Images of each class among the rows. */
export const classCounts = ({ labels, classes }: { labels: Uint8Array; classes: readonly string[] }, rows: Int32Array): number[] =>
  countValues(
    Array.from(rows, (row) => labels[row] as number),
    classes.length,
  )

/**
 * Weights of the classes in the training loss.
 *
 *     balanced           n / (classes · count_c)         scikit-learn's compute_class_weight('balanced')
 *     inverse_frequency  (1/f_c) / Σ_k (1/f_k)           f_c = count_c / n; the paper's, they sum to 1
 *
 * @param counts training images of each class
 * @returns null for `none`
 * @throws UserError `class_weight_empty_class` where a class has no training image
 */
export const classWeights = (counts: readonly number[], classes: readonly string[], scheme: Training['class_weight']): number[] | null => {
  if (scheme === 'none') return null
  const empty = classes.filter((_, label) => counts[label] === 0)
  if (empty.length > 0)
    throw userError({
      code: 'class_weight_empty_class',
      message: `training.class_weight: ${scheme} needs training images of each class; there are none of ${empty.join(', ')}.`,
      hint: 'Use more training images (limit.train), or training.class_weight: none.',
    })
  const total = counts.reduce((all, count) => all + count, 0)
  if (scheme === 'balanced') return counts.map((count) => total / (classes.length * count))
  const inverses = counts.map((count) => total / count)
  const sum = inverses.reduce((all, inverse) => all + inverse, 0)
  return inverses.map((inverse) => inverse / sum)
}
