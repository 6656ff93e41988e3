import { prepareMix } from '../augmentations/mixes/table.ts'
import { changesImages, prepareAugmentation } from '../augmentations/table.ts'
import type { Batch } from '../dataset.ts'
import { preparation } from '../preprocessing/prepare.ts'
import { scaleOf } from '../preprocessing/scale.ts'
import type { BatchOptions } from './batch_options.ts'
import { type EpochShape, epochOrder, epochShape } from './epoch_order.ts'
import { evaluationBatch } from './evaluation_batch.ts'

/** Makes any batch of any epoch. */
export type BatchMaker = EpochShape & { make: (epoch: number, step: number) => Batch }

/** What a batch's images go through: bytes → numbers → changed at random, before or after that → as many channels as the network wants. */
export const batchMaker = (options: BatchOptions): BatchMaker => {
  const { dataset, part, preprocessing, statistics = null, semantics, seed } = options
  const { shape, repeats, prepare, image, numbers } = preparation(dataset, preprocessing, statistics)
  const augment = prepareAugmentation(options.augmentation, { shape, part, semantics, seed, scale: scaleOf(preprocessing) ?? NO_SCALE })
  const mix = prepareMix(options.augmentation, { part, seed })
  const isOfImages = augment !== null && changesImages(options.augmentation)
  const order = { ...options, augmented: augment !== null, evaluationBatch: evaluationBatch(shape, options.batchSize) }
  const pixels = shape[0] * shape[1] * shape[2]
  const plain = new Float32Array(pixels)
  const changed = new Float32Array(pixels)

  /** Writes one image, finished, to `target`. */
  const draw = (row: number, epoch: number, target: Float32Array) => {
    if (isOfImages) image(row, plain)
    else prepare(row, plain)
    augment?.(plain, changed, { epoch, row })
    if (isOfImages) numbers(changed)
    repeatChannel(augment ? changed : plain, target, repeats)
  }

  const classes = dataset.classes.length
  /** Writes what an image's prediction is to be: one class, or shares of the classes. */
  const target = (row: number, shares: Float32Array) => {
    if (dataset.targets) shares.set(dataset.targets.subarray(row * classes, (row + 1) * classes))
    else shares[dataset.labels[row] as number] = 1
  }

  let latest: { epoch: number; batches: Int32Array[] } | undefined
  const rowsOf = (epoch: number, step: number): Int32Array => {
    if (latest?.epoch !== epoch) latest = { epoch, batches: epochOrder(order, epoch) }
    const rows = latest.batches[step]
    if (!rows) throw new RangeError(`step ${step} of an epoch of ${latest.batches.length}`)
    return rows
  }

  const make = (epoch: number, step: number): Batch => {
    const rows = rowsOf(epoch, step)
    const x = new Float32Array(rows.length * pixels * repeats)
    const y = new Float32Array(rows.length * classes)
    const labels = Int32Array.from(rows, (row) => dataset.labels[row] as number)
    for (const [place, row] of rows.entries()) {
      draw(row, epoch, x.subarray(place * pixels * repeats, (place + 1) * pixels * repeats))
      target(row, y.subarray(place * classes, (place + 1) * classes))
    }
    if (!mix) return { size: rows.length, x, y, labels }
    mix({ size: rows.length, x, y, shape: [shape[0], shape[1], shape[2] * repeats] }, { epoch, step })
    return { size: rows.length, x, y, labels: labels.map((_, place) => greatest(y.subarray(place * classes, (place + 1) * classes))) }
  }

  return { ...epochShape(order), make }
}

/** A plan has refused what needs one. */
const NO_SCALE = { low: 0, high: 255 }

/** Where the greatest number is: the first of them. */
const greatest = (values: Float32Array): number => values.indexOf(Math.max(...values))

const repeatChannel = (source: Float32Array, target: Float32Array, times: number) => {
  if (times === 1) return target.set(source)
  for (let at = 0, out = 0; at < source.length; at++) for (let time = 0; time < times; time++) target[out++] = source[at] as number
}
