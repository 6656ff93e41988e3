import type { StepNormalize, StepPreprocessInput, StepRescale, StepStandardize, StepStandardizeImage } from '../../../schema/recipe.ts'
import type { StepRow } from './step_row.ts'

/** Byte 0 becomes the first number, byte 255 the second. */
export const rescale: StepRow<StepRescale> = {
  works: 'numbers',
  apply: ({ range: [low, high] }, values) => {
    for (const [at, value] of values.entries()) values[at] = (value / 255) * (high - low) + low
  },
}

/** `tf.image.per_image_standardization`: mean 0 and deviation 1 of each image; a deviation counts as at least 1/√n. */
export const standardize_image: StepRow<StepStandardizeImage> = {
  works: 'numbers',
  apply: (_spec, values) => {
    const mean = sumOf(values) / values.length
    const squares = values.reduce((all, value) => all + (value - mean) ** 2, 0)
    const deviation = Math.max(Math.sqrt(squares / values.length), 1 / Math.sqrt(values.length))
    for (const [at, value] of values.entries()) values[at] = (value - mean) / deviation
  },
}

/** Keras adds this to a deviation that it divides by. */
const EPSILON = 1e-6

/** Keras' `featurewise_center` and `featurewise_std_normalization`: by the training images' mean and deviation of each channel. */
export const standardize: StepRow<StepStandardize> = {
  works: 'numbers',
  apply: (_spec, values, { channels, statistics }) => {
    if (!statistics) throw new RangeError('no statistics of the training images')
    eachChannel(
      values,
      channels,
      (value, channel) => (value - at(statistics.mean, channel)) / (at(statistics.deviation, channel) + EPSILON),
    )
  },
}

/** torchvision's `ToTensor` and `Normalize`: (byte/255 − mean) / std of each channel. */
export const normalize: StepRow<StepNormalize> = {
  works: 'numbers',
  apply: ({ mean, std }, values, { channels }) =>
    eachChannel(values, channels, (value, channel) => (value / 255 - at(mean, channel)) / at(std, channel)),
}

const CAFFE_MEAN = [103.939, 116.779, 123.68]
const TORCH_MEAN = [0.485, 0.456, 0.406]
const TORCH_STD = [0.229, 0.224, 0.225]

/** Keras' `preprocess_input` of its networks: `caffe` (VGG16, VGG19, ResNet50), `tf` (MobileNet, ResNet50V2, Xception), `torch` (DenseNet). */
export const preprocess_input: StepRow<StepPreprocessInput> = {
  works: 'numbers',
  apply: ({ mode }, values, { channels }) => {
    if (mode === 'tf') return eachChannel(values, channels, (value) => value / 127.5 - 1)
    if (mode === 'torch')
      return eachChannel(values, channels, (value, channel) => (value / 255 - at(TORCH_MEAN, channel)) / at(TORCH_STD, channel))
    for (let pixel = 0; pixel < values.length; pixel += 3) {
      const red = values[pixel] as number
      values[pixel] = values[pixel + 2] as number
      values[pixel + 2] = red
    }
    eachChannel(values, channels, (value, channel) => value - at(CAFFE_MEAN, channel))
  },
}

const eachChannel = (values: Float32Array, channels: number, change: (value: number, channel: number) => number): void => {
  for (const [place, value] of values.entries()) values[place] = change(value, place % channels)
}

/** One number may stand for all channels. */
const at = (numbers: readonly number[], channel: number): number => numbers[numbers.length === 1 ? 0 : channel] as number

const sumOf = (values: Float32Array): number => values.reduce((all, value) => all + value, 0)
