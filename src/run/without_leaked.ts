import { leakedRows } from '../data/audit/leaks.ts'
import type { Dataset, Split } from '../data/dataset.ts'

export type WithoutLeaked = { images: number; accuracy: number | null }

/**
 * Accuracy over the test images that were not trained on: without those that are, byte for byte, among the training images.
 * @param predicted class of each test image, in the order of the test rows
 */
export const withoutLeaked = (
  { first, labels }: Pick<Dataset, 'first' | 'labels'>,
  { train, test }: Pick<Split, 'train' | 'test'>,
  predicted: ArrayLike<number>,
): WithoutLeaked => {
  const leaked = new Set(leakedRows(test, train, first))
  const places = [...test.keys()].filter((place) => !leaked.has(test[place] as number))
  const right = places.filter((place) => predicted[place] === labels[test[place] as number]).length
  return { images: places.length, accuracy: places.length === 0 ? null : right / places.length }
}
