import type { Dataset, Part, Split } from '../dataset.ts'
import { leakedRows } from './leaks.ts'

/** Images that are the same, byte for byte, two or more. */
export type Same = { rows: readonly number[]; labels: readonly number[] }

/** What is hidden in a data set. */
export type Audit = {
  images: number
  /** Different images. */
  distinct: number
  /** Groups of the same image, the largest first. */
  same: readonly Same[]
  /** Those of them whose images have different labels. */
  conflicting: readonly Same[]
  /** Rows of images of one value only, and of those that are all black. */
  constant: readonly number[]
  black: readonly number[]
  /** Rows of each part that are, byte for byte, also in the part named. */
  leaks: Readonly<Record<'validation_in_train' | 'test_in_train' | 'test_in_validation', readonly number[]>>
  /** Of all values of the training images, as shares of 255; and of each channel. */
  mean: readonly number[]
  deviation: readonly number[]
}

type Audited = Pick<Dataset, 'images' | 'labels' | 'first' | 'imageShape'>

/** Looks through a data set and its split for what makes results wrong without a sign: images that are the same, in one part or two. */
export const audit = (dataset: Audited, split: Split): Audit => {
  const { labels, first } = dataset
  const groups = sameImages(dataset)
  const constant = [...labels.keys()].filter((row) => isConstant(dataset, row))
  const inPart = (part: Part, other: Part) => [...leakedRows(split[part], split[other], first)]
  return {
    images: labels.length,
    distinct: new Set(first).size,
    same: groups,
    conflicting: groups.filter((group) => new Set(group.labels).size > 1),
    constant,
    black: constant.filter((row) => imageOf(dataset, row)[0] === 0),
    leaks: {
      validation_in_train: inPart('validation', 'train'),
      test_in_train: inPart('test', 'train'),
      test_in_validation: inPart('test', 'validation'),
    },
    ...moments(dataset, split.train),
  }
}

/** Groups of the same image, the largest first. */
export const sameImages = ({ labels, first }: { labels: Uint8Array; first: Int32Array }): Same[] => {
  const rows = new Map<number, number[]>()
  for (const [row, original] of first.entries()) {
    const group = rows.get(original)
    if (group) group.push(row)
    else rows.set(original, [row])
  }
  return [...rows.values()]
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number))
    .map((group) => ({ rows: group, labels: group.map((row) => labels[row] as number) }))
}

const imageOf = ({ images, imageShape: [height, width, channels] }: Audited, row: number): Uint8Array => {
  const size = height * width * channels
  return images.subarray(row * size, (row + 1) * size)
}

const isConstant = (dataset: Audited, row: number): boolean => {
  const image = imageOf(dataset, row)
  return image.every((byte) => byte === image[0])
}

/** Mean and deviation of each channel over the training images, as shares of 255: exact, in whole numbers. */
const moments = (dataset: Audited, rows: Int32Array): Pick<Audit, 'mean' | 'deviation'> => {
  const channels = dataset.imageShape[2]
  const [sums, squares] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(0)]
  for (const row of rows)
    for (const [at, byte] of imageOf(dataset, row).entries()) {
      const channel = at % channels
      sums[channel] = (sums[channel] as number) + byte
      squares[channel] = (squares[channel] as number) + byte * byte
    }
  const count = rows.length * dataset.imageShape[0] * dataset.imageShape[1] || 1
  const mean = sums.map((sum) => sum / count / 255)
  return { mean, deviation: squares.map((square, channel) => Math.sqrt(square / count / 255 ** 2 - (mean[channel] as number) ** 2)) }
}
