import type { Spec } from '../../../schema/recipe.ts'
import { inputShape } from '../../input_shape.ts'
import { batchMaker } from '../batches/make_batch.ts'
import type { Dataset } from '../dataset.ts'
import { type Picture, sheetOf } from '../picture.ts'
import { trainingStatistics } from '../preprocessing/prepare.ts'

/** Images and epochs of a contact sheet. */
const IMAGES = 12
const EPOCHS = 7

/**
 * What a recipe's augmentation makes of images: each row has an image as the network sees it without, and beside it the same in the first
 * epochs of the run of this seed, as it will be trained on.
 */
export const contactSheet = (
  dataset: Dataset,
  rows: Int32Array,
  { preprocessing, augmentation, semantics, seed }: Pick<Spec, 'preprocessing' | 'augmentation' | 'semantics'> & { seed: number },
): Picture => {
  const shown = rows.subarray(0, IMAGES)
  const statistics = trainingStatistics(dataset, preprocessing, rows)
  const common = {
    dataset,
    part: 'train',
    rows: shown,
    batchSize: shown.length,
    shuffle: false,
    stepsPolicy: 'all',
    preprocessing,
    statistics,
    semantics,
    seed,
  } as const
  const made = (kind: Spec['augmentation'], epoch: number) => batchMaker({ ...common, augmentation: kind }).make(epoch, 0).x
  const plain = made({ kind: 'none' }, 0)
  const range = rangeOf(plain)
  const columns = [plain, ...Array.from({ length: EPOCHS }, (_, epoch) => made(augmentation, epoch))]
  const [height, width, channels] = inputShape(preprocessing, dataset.imageShape)
  const size = height * width * channels
  const picture = (values: Float32Array, at: number): Picture => ({
    data: Uint8Array.from(values.subarray(at * size, (at + 1) * size), (value) => byteOf(value, range)),
    height,
    width,
    channels: channels === 3 ? 3 : 1,
  })
  return sheetOf(Array.from(shown, (_, at) => columns.map((values) => picture(values, at))))
}

type Range = { low: number; high: number }

const rangeOf = (values: Float32Array): Range =>
  values.reduce(({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }), { low: Infinity, high: -Infinity })

const byteOf = (value: number, { low, high }: Range): number =>
  Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low || 1))))
