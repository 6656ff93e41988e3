import type { TransformRandomResizedCrop } from '../../../../schema/recipe.ts'
import type { ImageShape } from '../affine.ts'
import { type Box, drawBox } from './box.ts'
import { roundEven } from './grid.ts'
import { orderProblems } from './ranges.ts'
import type { TransformRow } from './transform_row.ts'

/** torchvision's `RandomResizedCrop` to the size of the image itself. */
export const random_resized_crop: TransformRow<TransformRandomResizedCrop> = {
  apply: ({ scale, ratio }, image, { shape, random }) => {
    const [height, width] = shape
    const fits = (rows: number, columns: number) => rows > 0 && rows <= height && columns > 0 && columns <= width
    const sidesOf = (area: number, aspect: number) => [Math.sqrt(area / aspect), Math.sqrt(area * aspect)] as const
    return resizedCrop(image, drawBox(random, shape, { scale, ratio, fits }, sidesOf) ?? middleOf(shape, ratio), shape)
  },
  problems: ({ scale, ratio }) => [
    ...orderProblems('scale', scale),
    ...orderProblems('ratio', ratio),
    ...(Math.min(...scale) >= 1 ? [idle] : []),
  ],
}

const idle = {
  code: 'augmentation_idle',
  severity: 'warning',
  at: ['scale'],
  message: 'This crop is always the whole image: no part is as large as its scale.',
  hint: 'Let the scale begin below 1, e.g. scale: [0.8, 1.2].',
} as const

/** torchvision's `resized_crop`, bilinear, to the size of the image. It never makes anything smaller, so that antialiasing has no effect. */
export const resizedCrop = (image: Float32Array, box: Box, [height, width, channels]: ImageShape): Float32Array => {
  const result = new Float32Array(image.length)
  const columns = tapsOf(box.width, width)
  let at = 0
  for (const { first, second, share } of tapsOf(box.height, height)) {
    const upper = ((box.top + first) * width + box.left) * channels
    const lower = ((box.top + second) * width + box.left) * channels
    const between = (row: number, across: Tap, channel: number) => {
      const left = image[row + across.first * channels + channel] as number
      return left + ((image[row + across.second * channels + channel] as number) - left) * across.share
    }
    for (const across of columns)
      for (let channel = 0; channel < channels; channel++, at++) {
        const above = between(upper, across, channel)
        result[at] = above + (between(lower, across, channel) - above) * share
      }
  }
  return result
}

/** Where on an axis of a part a pixel of the result lies: between which two, and how far towards the second. */
type Tap = { first: number; second: number; share: number }

const tapsOf = (size: number, wanted: number): Tap[] =>
  Array.from({ length: wanted }, (_, index) => {
    const at = Math.max(0, (index + 0.5) * (size / wanted) - 0.5)
    const first = Math.floor(at)
    return { first, second: Math.min(size - 1, first + 1), share: at - first }
  })

/** The whole image, or as much of its middle as has an aspect that is asked for. */
const middleOf = ([height, width]: ImageShape, ratio: readonly [number, number]): Box => {
  const aspect = width / height
  const box = { height, width }
  if (aspect < ratio[0]) box.height = roundEven(width / ratio[0])
  else if (aspect > ratio[1]) box.width = roundEven(height * ratio[1])
  return { ...box, top: Math.floor((height - box.height) / 2), left: Math.floor((width - box.width) / 2) }
}
