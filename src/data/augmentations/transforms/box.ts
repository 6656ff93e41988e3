import type { Random } from '../../../random.ts'
import type { ImageShape } from '../affine.ts'
import { roundEven } from './grid.ts'
import { between } from './ranges.ts'

/** A rectangle of pixels. */
export type Box = { top: number; left: number; height: number; width: number }

/** torchvision draws ten times what has to fit. */
const TRIES = 10

type Wanted = { scale: readonly [number, number]; ratio: readonly [number, number]; fits: (height: number, width: number) => boolean }

/**
 * A rectangle of random area and aspect within an image.
 * @param wanted `scale`: area as a share of the image's; `ratio`: of its sides, uniform in its logarithm
 * @param sidesOf height and width of an area and a ratio
 * @returns null where none has fitted
 */
export const drawBox = (
  random: Random,
  [height, width]: ImageShape,
  { scale, ratio, fits }: Wanted,
  sidesOf: (area: number, ratio: number) => readonly [height: number, width: number],
): Box | null => {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = height * width * between(random, scale)
    const sides = sidesOf(area, Math.exp(between(random, [Math.log(ratio[0]), Math.log(ratio[1])])))
    const box = { height: roundEven(sides[0]), width: roundEven(sides[1]) }
    if (!fits(box.height, box.width)) continue
    return { ...box, top: random.integer(height - box.height + 1), left: random.integer(width - box.width + 1) }
  }
  return null
}

/** Writes a value into each pixel and channel of a rectangle, as far as it lies in the image, which is changed. */
export const erase = (image: Float32Array, box: Box, [height, width, channels]: ImageShape, next: () => number): Float32Array => {
  for (let row = Math.max(0, box.top); row < Math.min(height, box.top + box.height); row++)
    for (let column = Math.max(0, box.left); column < Math.min(width, box.left + box.width); column++)
      for (let channel = 0; channel < channels; channel++) image[(row * width + column) * channels + channel] = next()
  return image
}
