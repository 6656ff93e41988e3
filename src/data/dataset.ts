import type { Source } from '../../schema/recipe.ts'

/** Something that a source has and a data set has not: `7 files {what}`, and the names of some of them. */
export type LeftOut = { what: string; count: number; examples: readonly string[] }

/** Images and labels in memory, as the source has them (bytes). */
export type Dataset = {
  kind: Source['kind']
  /** For people. */
  name: string
  /** Drawn images: nothing measured on them compares with a paper. */
  synthetic: boolean
  /** File or folder as found, or null. */
  path: string | null
  /** Of the unpacked source file, or null. */
  md5: string | null
  /** Of images, labels and whatever else the rest gives, as loaded, one after another. */
  sha256: string
  /** [height, width, channels] */
  imageShape: readonly [number, number, number]
  classes: readonly string[]
  /** n × height × width × channels, row-major, in shared memory so that workers read it without a copy. */
  images: Uint8Array<SharedArrayBuffer>
  /** n class numbers. */
  labels: Uint8Array<SharedArrayBuffer>
  /** The source's own division (FER2013's `Usage`, folders of parts), where it has one: numbers of `usageNames`. */
  usage: Uint8Array | null
  /** What the source calls its parts. */
  usageNames: readonly string[]
  /** Shares of the classes, n × classes, where labels are distributions (FER+); `labels` then has the largest. */
  targets: Float32Array<SharedArrayBuffer> | null
  /** Of whom each image is, where the source says so: images of one group belong together. */
  groups: Int32Array | null
  /** For each image the first one with the same bytes: itself, where there is none before it. */
  first: Int32Array
  /** What of the source is not used, and why. */
  leftOut: readonly LeftOut[]
}

/** What a data set has of each image, beside its pixels. */
export type Rows = Pick<Dataset, 'labels' | 'usage' | 'targets' | 'groups' | 'first'>

export const PARTS = ['train', 'validation', 'test'] as const
export type Part = (typeof PARTS)[number]

/** Row numbers of each part, 0-based, in the order of the split. */
export type Split = Record<Part, Int32Array>

/** One batch, ready for the engine: x [size, h, w, c] after preprocessing and augmentation; y [size, classes], one-hot or shares. */
export type Batch = { size: number; x: Float32Array; y: Float32Array; labels: Int32Array }

/**
 * Batches of one part, prefetched in a worker thread. `epoch` is 0-based and all that changes between epochs (order, augmentation) is a
 * function of it, so epochs can be asked for in any order; `fromStep` skips the first steps of an epoch when a run goes on.
 */
export type BatchSource = {
  /** Steps of an epoch. */
  steps: number
  /** Images of an epoch. */
  images: number
  /** The batch sizes that occur, largest first: one or two. */
  sizes: readonly number[]
  epoch: (epoch: number, fromStep?: number) => AsyncIterable<Batch>
  close: () => Promise<void>
}
