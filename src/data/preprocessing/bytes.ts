import type { StepCenterCrop, StepEqualize, StepGrayscale, StepResize, StepRgb } from '../../../schema/recipe.ts'
import { luma } from '../color.ts'
import { type Pixels, resample } from '../resample.ts'
import type { StepRow } from './step_row.ts'

/** Pillow's `Image.resize`, to the byte. */
export const resize: StepRow<StepResize> = {
  works: 'bytes',
  apply: ({ image_size: [height, width], interpolation, crop_to_aspect_ratio: crop }, image) => ({
    data: resample(image, { height, width, interpolation, crop }),
    height,
    width,
    channels: image.channels,
  }),
}

/** torchvision's `CenterCrop`: where the image is smaller, zeros stand round it. */
export const center_crop: StepRow<StepCenterCrop> = {
  works: 'bytes',
  apply: ({ size: [height, width] }, image) => {
    const { channels } = image
    const [top, left] = [middle(image.height - height), middle(image.width - width)]
    const data = new Uint8Array(height * width * channels)
    for (let row = Math.max(0, -top); row < Math.min(height, image.height - top); row++) {
      const [from, to] = [Math.max(0, -left), Math.min(width, image.width - left)]
      const at = ((row + top) * image.width + left + from) * channels
      data.set(image.data.subarray(at, at + (to - from) * channels), (row * width + from) * channels)
    }
    return { data, height, width, channels }
  },
}

/** Python rounds a half to the even number; what is padded is divided towards the start. */
const middle = (excess: number): number => {
  if (excess < 0) return -Math.floor(-excess / 2)
  const half = excess / 2
  return Number.isInteger(half) ? half : Math.floor(half) + (Math.floor(half) % 2)
}

/** ITU-R 601-2, as Pillow. */
export const grayscale: StepRow<StepGrayscale> = {
  works: 'bytes',
  apply: (_spec, image) => (image.channels === 1 ? image : { ...image, data: luma(image.data), channels: 1 }),
}

/** A gray image three times. */
export const rgb: StepRow<StepRgb> = {
  works: 'bytes',
  apply: (_spec, image) =>
    image.channels === 3
      ? image
      : {
          ...image,
          data: Uint8Array.from({ length: image.data.length * 3 }, (_, at) => image.data[Math.floor(at / 3)] as number),
          channels: 3,
        },
}

/** Pillow's `ImageOps.equalize`: each channel's histogram made even, to the byte. */
export const equalized = (image: Pixels): Pixels => {
  const data = Uint8Array.from(image.data)
  for (let channel = 0; channel < image.channels; channel++) {
    const table = evenTable(histogram(image, channel))
    for (let at = channel; at < data.length; at += image.channels) data[at] = table[data[at] as number] as number
  }
  return { ...image, data }
}

export const equalize: StepRow<StepEqualize> = { works: 'bytes', apply: (_spec, image) => equalized(image) }

const histogram = ({ data, channels }: Pixels, channel: number): number[] => {
  const counts = new Array<number>(256).fill(0)
  for (let at = channel; at < data.length; at += channels) counts[data[at] as number] = (counts[data[at] as number] as number) + 1
  return counts
}

const evenTable = (counts: readonly number[]): number[] => {
  const filled = counts.filter((count) => count > 0)
  const step = Math.floor((filled.reduce((all, count) => all + count, 0) - (filled.at(-1) ?? 0)) / 255)
  if (filled.length <= 1 || step === 0) return counts.map((_, byte) => byte)
  let sum = Math.floor(step / 2)
  return counts.map((count) => {
    const value = Math.min(255, Math.floor(sum / step))
    sum += count
    return value
  })
}
