import { inputShape } from '../../input_shape.ts'
import { prepareAugmentation } from '../augmentations/table.ts'
import { luma } from '../color.ts'
import type { Batch } from '../dataset.ts'
import { rescaleTable } from '../preprocessing.ts'
import type { BatchOptions } from './batch_options.ts'
import { type EpochShape, epochOrder, epochShape } from './epoch_order.ts'
import { judgedAtOnce } from './judged_at_once.ts'

/** Makes any batch of any epoch. */
export type BatchMaker = EpochShape & { make: (epoch: number, step: number) => Batch }

/** What a batch's images go through: bytes → gray, if wanted → rescaled → changed at random → as many channels as the network wants. */
export const batchMaker = (options: BatchOptions): BatchMaker => {
  const { dataset, part, preprocessing, semantics, seed } = options
  const [height, width, stored] = dataset.imageShape
  const [, , seen] = inputShape(preprocessing, dataset.imageShape)
  const channels = Math.min(stored, seen)
  const augment = prepareAugmentation(options.augmentation, { shape: [height, width, channels], part, semantics, seed })
  const order = { ...options, augmented: augment !== null, judgedAtOnce: judgedAtOnce(dataset.imageShape, options.batchSize) }
  const pixels = height * width * channels
  const repeats = seen / channels
  const table = rescaleTable(preprocessing.rescale)
  const plain = new Float32Array(pixels)
  const changed = new Float32Array(pixels)

  /** Where an image's bytes lie: in gray, if it is in colour and the network wants gray. */
  const bytesOf = (row: number): { images: Uint8Array; from: number } => {
    const from = row * height * width * stored
    if (stored === channels) return { images: dataset.images, from }
    return { images: luma(dataset.images.subarray(from, from + height * width * stored)), from: 0 }
  }

  /** Writes one image, finished, to `target`. */
  const draw = (row: number, epoch: number, target: Float32Array) => {
    const { images, from } = bytesOf(row)
    for (let at = 0; at < pixels; at++) plain[at] = table[images[from + at] as number] as number
    augment?.(plain, changed, { epoch, row })
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
    return { size: rows.length, x, y, labels }
  }

  return { ...epochShape(order), make }
}

const repeatChannel = (source: Float32Array, target: Float32Array, times: number) => {
  if (times === 1) return target.set(source)
  for (let at = 0, out = 0; at < source.length; at++) for (let time = 0; time < times; time++) target[out++] = source[at] as number
}
