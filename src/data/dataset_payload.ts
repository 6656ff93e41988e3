import { createHash } from 'node:crypto'
import { firstOf } from './audit/first_of.ts'
import type { Dataset, Rows } from './dataset.ts'
import type { RawDataset } from './sources/source_row.ts'

/** A data set without what it has of each image: plain data. */
export type DatasetDescription = Omit<Dataset, 'images' | keyof Rows> & {
  /** Number of images. */
  images: number
  /** Images of each class. */
  classCounts: readonly number[]
  has: { usage: boolean; targets: boolean; groups: boolean }
}

/** Puts all that a data set has of its images one after another into shared memory, and names it by its hash. */
export const seal = ({ images, labels, usage, targets, groups, ...facts }: RawDataset): Dataset => {
  const parts = [images, labels, usage, bytesOf(targets), bytesOf(groups)]
  const payload = new Uint8Array(new SharedArrayBuffer(parts.reduce((all, part) => all + (part?.length ?? 0), 0)))
  let at = 0
  for (const part of parts) {
    payload.set(part ?? [], at)
    at += part?.length ?? 0
  }
  const has = { usage: usage !== null, targets: targets !== null, groups: groups !== null }
  const form = { images: labels.length, classes: facts.classes.length, has }
  const first = firstOf(images, labels.length)
  return {
    ...facts,
    sha256: sha256(payload),
    images: payload.subarray(0, images.length),
    ...rowsOf(payload.subarray(images.length), form),
    first,
  }
}

/** The other way: a data set from its description and bytes, or null where they do not belong together. */
export const unseal = (description: DatasetDescription, payload: Uint8Array<SharedArrayBuffer>, first: Int32Array): Dataset | null => {
  const { images, classCounts: _counts, has: _has, ...facts } = description
  if (payload.length !== payloadBytes(description) || sha256(payload) !== facts.sha256) return null
  const pixels = imageBytes(description)
  return { ...facts, images: payload.subarray(0, pixels), ...unsealRows(description, payload.subarray(pixels)), first }
}

/** What a data set has of each image beside its pixels, from the bytes behind these; which images are the same stands elsewhere. */
export const unsealRows = ({ images, classes, has }: DatasetDescription, bytes: Uint8Array<SharedArrayBuffer>): Omit<Rows, 'first'> =>
  rowsOf(bytes, { images, classes: classes.length, has })

/** Size of the pixels. */
export const imageBytes = ({ images, imageShape }: DatasetDescription): number => images * product(imageShape)

/** Size of everything together. */
export const payloadBytes = (description: DatasetDescription): number => {
  const { images, classes, has } = description
  return imageBytes(description) + images * (1 + (has.usage ? 1 : 0) + (has.targets ? 4 * classes.length : 0) + (has.groups ? 4 : 0))
}

export const describeDataset = ({
  images: _images,
  labels,
  usage,
  targets,
  groups,
  first: _first,
  ...facts
}: Dataset): DatasetDescription => ({
  ...facts,
  images: labels.length,
  classCounts: countValues(labels, facts.classes.length),
  has: { usage: usage !== null, targets: targets !== null, groups: groups !== null },
})

/** How often each of 0…kinds−1 occurs. */
export const countValues = (values: Iterable<number>, kinds: number): number[] => {
  const counts = new Array<number>(kinds).fill(0)
  for (const value of values) counts[value] = (counts[value] as number) + 1
  return counts
}

type Form = { images: number; classes: number; has: DatasetDescription['has'] }

/** Labels and usage are read where they lie; numbers of four bytes may lie anywhere, so that they are copied. */
const rowsOf = (bytes: Uint8Array<SharedArrayBuffer>, { images, classes, has }: Form): Omit<Rows, 'first'> => {
  let at = 0
  const next = (size: number) => {
    at += size
    return bytes.subarray(at - size, at)
  }
  const aligned = (size: number) => {
    const copy = new Uint8Array(new SharedArrayBuffer(size))
    copy.set(next(size))
    return copy.buffer
  }
  return {
    labels: next(images),
    usage: has.usage ? next(images) : null,
    targets: has.targets ? new Float32Array(aligned(4 * images * classes)) : null,
    groups: has.groups ? new Int32Array(aligned(4 * images)) : null,
  }
}

const bytesOf = (values: Float32Array | Int32Array | null): Uint8Array | null =>
  values && new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

const product = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
