import type { Part, Split } from '../dataset.ts'

/** What is done about images that are in two parts: `split.leaked`. */
export type Leaked = 'keep' | 'remove_from_train' | 'remove_from_test'

/** Which rows of a part have the same bytes as one of another part. */
export const leakedRows = (rows: Int32Array, others: Int32Array, first: Int32Array): Int32Array => {
  const there = new Set(Array.from(others, (row) => first[row]))
  return rows.filter((row) => there.has(first[row] as number))
}

/**
 * A split without the images that are in two of its parts. Taken out of the training part are those that are also validation or test images;
 * taken out of the others are those that are training images, and out of the test part those that are validation images.
 */
export const withoutLeaks = (split: Split, first: Int32Array, leaked: Leaked | undefined): Split => {
  const without = (part: Part, ...others: Part[]) => {
    const there = new Set(others.flatMap((other) => Array.from(split[other], (row) => first[row] as number)))
    return split[part].filter((row) => !there.has(first[row] as number))
  }
  if (leaked === 'remove_from_train') return { ...split, train: without('train', 'validation', 'test') }
  if (leaked === 'remove_from_test')
    return { ...split, validation: without('validation', 'train'), test: without('test', 'train', 'validation') }
  return split
}
