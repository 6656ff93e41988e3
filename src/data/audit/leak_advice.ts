import type { Spec } from '../../../schema/recipe.ts'
import type { CellProblem } from '../../cell_problem.ts'
import type { Split } from '../dataset.ts'
import type { Splittable } from '../splits/split_row.ts'
import { sameImages } from './audit.ts'
import { leakedRows } from './leaks.ts'

/** What a plan says of images that are the same: in the test and the training part, or under different labels. */
export const leakAdvice = (
  data: Splittable & { first: Int32Array; labels: Uint8Array },
  split: Split,
  { split: { leaked } }: Pick<Spec, 'split'>,
): CellProblem[] => {
  const conflicting = sameImages(data).filter(({ labels }) => new Set(labels).size > 1)
  const inBoth = leakedRows(split.test, split.train, data.first).length
  return [
    ...(leaked === undefined && inBoth > 0 ? [leaks(inBoth, split.test.length)] : []),
    ...(conflicting.length > 0 ? [conflicts(conflicting)] : []),
  ]
}

const leaks = (inBoth: number, tested: number): CellProblem => ({
  code: 'images_leaked',
  severity: 'warning',
  at: ['split'],
  message: `${number(inBoth)} of ${number(tested)} test images (${((100 * inBoth) / tested).toFixed(1)} %) are training images too, byte for byte.`,
  hint: 'split.leaked: remove_from_train takes them out of the training images, remove_from_test out of the test; records hold the accuracy with and without them.',
})

const number = (count: number) => count.toLocaleString('en')

const conflicts = (groups: readonly { rows: readonly number[] }[]): CellProblem => {
  const images = groups.reduce((all, { rows }) => all + rows.length, 0)
  return {
    code: 'labels_conflict',
    severity: 'warning',
    at: ['dataset', 'path'],
    message: `${number(images)} images are copies of ${groups.length === 1 ? 'one, which occurs' : `${number(groups.length)}, which occur`} under different labels.`,
    hint: '`npx ferment inspect RECIPE --html inspect.html` shows them.',
  }
}
