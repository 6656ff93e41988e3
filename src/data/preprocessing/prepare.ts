import type { Preprocessing, Step } from '../../../schema/recipe.ts'
import { inputShape } from '../../input_shape.ts'
import type { ImageShape } from '../augmentations/affine.ts'
import { luma } from '../color.ts'
import type { Dataset } from '../dataset.ts'
import type { Pixels } from '../resample.ts'
import { rescaleShares, rescaleTable } from './rescale_table.ts'
import type { Statistics } from './step_row.ts'
import { rowOf } from './table.ts'

/** From the bytes of images to the numbers that are augmented. */
export type Preparation = {
  /** Of the numbers. */
  shape: ImageShape
  /** How often each channel is repeated after the augmentation: a gray image that the network sees in colour. */
  repeats: number
  /** Writes one image's numbers. */
  prepare: (row: number, target: Float32Array) => void
  /** Writes one image as it is before it becomes these numbers: 0 is black, 1 white. */
  image: (row: number, target: Float32Array) => void
  /** Makes the numbers of such an image, in its place. */
  numbers: (values: Float32Array) => void
}

type Images = Pick<Dataset, 'images' | 'imageShape'>

/** What a recipe's preprocessing does to each image of a data set. `statistics`: of the training images, for the step that needs them. */
export const preparation = (dataset: Images, preprocessing: Preprocessing, statistics: Statistics | null): Preparation =>
  preprocessing.steps === undefined ? byTable(dataset, preprocessing) : bySteps(dataset, preprocessing, statistics)

/** Bytes, gray if wanted, then one look into a table for each. */
const byTable = ({ images, imageShape }: Images, preprocessing: Preprocessing): Preparation => {
  const [height, width, stored] = imageShape
  const [, , seen] = inputShape(preprocessing, imageShape)
  const channels = Math.min(stored, seen)
  const [pixels, size] = [height * width * channels, height * width * stored]
  const table = rescaleTable(preprocessing.rescale)
  const write = (row: number, target: Float32Array, numberOf: Float32Array) => {
    const [bytes, from] = stored === channels ? [images, row * size] : [luma(images.subarray(row * size, (row + 1) * size)), 0]
    for (let at = 0; at < pixels; at++) target[at] = numberOf[bytes[from + at] as number] as number
  }
  return {
    shape: [height, width, channels],
    repeats: seen / channels,
    prepare: (row, target) => write(row, target, table),
    image: (row, target) => write(row, target, SHARES),
    numbers: (values) => rescaleShares(values, preprocessing.rescale),
  }
}

/** Each byte as it is, and from 0 to 1. */
const BYTES = Float32Array.from({ length: 256 }, (_, byte) => byte)
const SHARES = rescaleTable([0, 1])

/** Step after step; where none of them makes numbers, the table does. */
const bySteps = ({ images, imageShape }: Images, preprocessing: Preprocessing, statistics: Statistics | null): Preparation => {
  const { color_mode, rescale, steps = [] } = preprocessing
  const all: Step[] = [...(color_mode === undefined ? [] : [{ kind: color_mode }]), ...steps]
  const [ofBytes, ofNumbers] = [all.filter((step) => rowOf(step).works === 'bytes'), all.filter((step) => rowOf(step).works === 'numbers')]
  const [height, width, channels] = imageShape
  const size = height * width * channels
  const shape = inputShape(preprocessing, imageShape)
  const table = ofNumbers.length > 0 ? BYTES : rescaleTable(rescale)
  const write = (row: number, target: Float32Array, numberOf: Float32Array) => {
    const stored: Pixels = { data: images.subarray(row * size, (row + 1) * size), height, width, channels }
    for (const [at, byte] of ofBytes.reduce(applyToBytes, stored).data.entries()) target[at] = numberOf[byte] as number
  }
  const finish = (values: Float32Array) => {
    for (const step of ofNumbers) applyToNumbers(step, values, { channels: shape[2], statistics })
  }
  return {
    shape,
    repeats: 1,
    prepare: (row, target) => {
      write(row, target, table)
      finish(target)
    },
    image: (row, target) => write(row, target, SHARES),
    numbers: (values) => {
      rescaleShares(values, ofNumbers.length > 0 ? [0, 255] : rescale)
      finish(values)
    },
  }
}

const applyToBytes = (image: Pixels, step: Step): Pixels => {
  const row = rowOf(step)
  return row.works === 'bytes' ? row.apply(step, image) : image
}

const applyToNumbers = (step: Step, values: Float32Array, context: { channels: number; statistics: Statistics | null }): void => {
  const row = rowOf(step)
  if (row.works === 'numbers') row.apply(step, values, context)
}

/** Mean and deviation of each channel over the training images, as they are before the step that needs them; null where none does. */
export const trainingStatistics = (dataset: Images, preprocessing: Preprocessing, rows: Int32Array): Statistics | null => {
  const { steps = [] } = preprocessing
  const place = steps.findIndex(({ kind }) => kind === 'standardize')
  if (place < 0) return null
  // As numbers, unscaled where no step before has scaled them.
  const before: Step[] = [...steps.slice(0, place), { kind: 'rescale', range: [0, 255] }]
  const { shape, prepare } = bySteps(dataset, { ...preprocessing, steps: before }, null)
  const channels = shape[2]
  const values = new Float32Array(shape[0] * shape[1] * channels)
  const [sums, squares] = [new Float64Array(channels), new Float64Array(channels)]
  for (const row of rows) {
    prepare(row, values)
    for (const [at, value] of values.entries()) {
      sums[at % channels] = (sums[at % channels] as number) + value
      squares[at % channels] = (squares[at % channels] as number) + value * value
    }
  }
  const count = rows.length * shape[0] * shape[1]
  const mean = Array.from(sums, (sum) => sum / count)
  return {
    mean,
    deviation: Array.from(squares, (square, channel) => Math.sqrt(Math.max(0, square / count - (mean[channel] as number) ** 2))),
  }
}
