import { createHash } from 'node:crypto'
import { type Dataset, PARTS } from './dataset.ts'
import type { RawDataset } from './sources/source_row.ts'

/** A data set without its images: what a plan needs. Plain data. */
export type DatasetDescription = Omit<Dataset, 'images' | 'labels' | 'usage'> & {
  /** Number of images. */
  images: number
  /** Images of each class. */
  classCounts: readonly number[]
  /** Images of each part by the source's own division, where it has one. */
  usageCounts: readonly number[] | null
}

/** Puts images, labels and usage one after another into shared memory, and names them by their hash. */
export const seal = ({ images, labels, usage, ...facts }: RawDataset): Dataset => {
  const payload = new Uint8Array(new SharedArrayBuffer(images.length + labels.length + (usage?.length ?? 0)))
  payload.set(images)
  payload.set(labels, images.length)
  payload.set(usage ?? [], images.length + labels.length)
  return { ...facts, sha256: sha256(payload), ...views(payload, images.length, labels.length, usage !== null) }
}

/** The other way: a data set from its description and bytes, or null where they do not belong together. */
export const unseal = (description: DatasetDescription, payload: Uint8Array<SharedArrayBuffer>): Dataset | null => {
  const { images, classCounts: _classes, usageCounts, ...facts } = description
  if (payload.length !== payloadBytes(description) || sha256(payload) !== facts.sha256) return null
  return { ...facts, ...views(payload, images * product(facts.imageShape), images, usageCounts !== null) }
}

/** Size of images, labels and usage together. */
export const payloadBytes = ({ images, imageShape, usageCounts }: DatasetDescription): number =>
  images * (product(imageShape) + 1 + (usageCounts === null ? 0 : 1))

export const describeDataset = ({ images: _images, labels, usage, ...facts }: Dataset): DatasetDescription => ({
  ...facts,
  images: labels.length,
  classCounts: countValues(labels, facts.classes.length),
  usageCounts: usage && countValues(usage, PARTS.length),
})

/** How often each of 0…kinds−1 occurs. */
export const countValues = (values: Iterable<number>, kinds: number): number[] => {
  const counts = new Array<number>(kinds).fill(0)
  for (const value of values) counts[value] = (counts[value] as number) + 1
  return counts
}

const views = ({ buffer }: Uint8Array<SharedArrayBuffer>, imageBytes: number, count: number, hasUsage: boolean) => ({
  images: new Uint8Array(buffer, 0, imageBytes),
  labels: new Uint8Array(buffer, imageBytes, count),
  usage: hasUsage ? new Uint8Array(buffer, imageBytes + count, count) : null,
})

const product = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
