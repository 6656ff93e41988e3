import { permutation, randomOf } from '../../random.ts'
import type { BatchOptions } from './batch_options.ts'

export type OrderOptions = Pick<BatchOptions, 'part' | 'rows' | 'batchSize' | 'shuffle' | 'stepsPolicy' | 'seed'> & {
  /** Whether images of this part are changed at random. */
  augmented: boolean
  /** Images that go through the network at once where they are only evaluated: `batchSize` says how many there are, not how they come. */
  evaluationBatch: number
}

/** How many steps an epoch has, and which batch sizes occur in it. */
export type EpochShape = {
  steps: number
  /** Images of an epoch; with `floor` the most there can be. */
  images: number
  /** Largest first. */
  sizes: readonly number[]
}

export const epochShape = (options: OrderOptions): EpochShape =>
  options.part === 'train' ? trainedShape(options) : evaluatedShape(options)

const trainedShape = ({ rows, batchSize, shuffle, stepsPolicy }: OrderOptions): EpochShape => {
  const steps = stepsPerEpoch(rows.length, batchSize, stepsPolicy)
  const sizes = sizesOf(rows.length, batchSize)
  if (stepsPolicy === 'all') return { steps, images: rows.length, sizes }
  const restMayCome = shuffle && steps > 0
  return { steps, images: steps * batchSize, sizes: restMayCome ? sizes : sizes.slice(0, Math.min(1, steps)) }
}

/** Training steps of one epoch. */
export const stepsPerEpoch = (images: number, batchSize: number, policy: BatchOptions['stepsPolicy']): number =>
  policy === 'floor' ? Math.floor(images / batchSize) : Math.ceil(images / batchSize)

const evaluatedShape = ({ rows, batchSize, stepsPolicy, evaluationBatch }: OrderOptions): EpochShape => {
  const images = stepsPolicy === 'all' ? rows.length : rows.length - (rows.length % batchSize)
  return { steps: Math.ceil(images / evaluationBatch), images, sizes: sizesOf(images, evaluationBatch) }
}

/** Sizes of batches into which so many images are cut. */
const sizesOf = (images: number, size: number): number[] => [
  ...(images >= size ? [size] : []),
  ...(images % size > 0 ? [images % size] : []),
]

/**
 * The rows of each step of an epoch: a function of the epoch alone.
 *
 * `all`: a fresh permutation each epoch, or the rows in their order; the last batch may be smaller.
 * `floor`: what Keras 2.4's `fit` does with an ImageDataGenerator's `flow` (run with tf_keras 2.21): training batches are cut from a fresh
 * permutation and come in random order, the one too many is left out, so that the small batch may be among those that come. Augmented
 * validation images are a `flow` too, which shuffles, but its batches come in order, so that the images of whole batches are evaluated; arrays
 * that are not augmented are not shuffled.
 *
 * @returns for each step the row numbers of its batch
 */
export const epochOrder = (options: OrderOptions, epoch: number): Int32Array[] => {
  const { part, rows, batchSize, stepsPolicy, seed } = options
  const shuffled = part === 'train' ? options.shuffle : stepsPolicy === 'floor' && options.augmented
  const ordered = shuffled
    ? permutation(randomOf({ seed, purpose: 'shuffle', at: [part, epoch] }), rows.length).map((at) => rows[at] as number)
    : rows
  const { steps, images } = epochShape(options)
  if (part !== 'train') return cut(ordered.subarray(0, images), options.evaluationBatch)
  const batches = cut(ordered, batchSize)
  if (stepsPolicy === 'all' || !shuffled) return batches.slice(0, steps)
  const order = permutation(randomOf({ seed, purpose: 'batch_order', at: [epoch] }), batches.length)
  return Array.from(order.subarray(0, steps), (at) => batches[at] as Int32Array)
}

const cut = (rows: Int32Array, size: number): Int32Array[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.subarray(at * size, (at + 1) * size))
