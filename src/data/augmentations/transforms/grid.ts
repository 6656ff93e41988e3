import type { TransformRotation } from '../../../../schema/recipe.ts'
import type { ImageShape } from '../affine.ts'

/**
 * From a pixel of the result to the point of the source that it shows, counted from the image's middle:
 * x = xx·x′ + xy·y′ + x0 and y = yx·x′ + yy·y′ + y0.
 */
export type Grid = { xx: number; xy: number; x0: number; yx: number; yy: number; y0: number }

type Options = { shape: ImageShape; interpolation: TransformRotation['interpolation']; fill: number }

/** torchvision's map of a turn, in degrees counterclockwise. */
export const turnGrid = (degrees: number): Grid => {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { xx: cos, xy: -sin, x0: 0, yx: sin, yy: cos, y0: 0 }
}

/**
 * torchvision's `affine` and `rotate` of float images, whose `grid_sample` takes zeros outside the image. What is bilinear has by its own rule
 * a rim: coverage·(sample − fill) + fill, of a sample that already counts what is outside as zero.
 */
export const sampleGrid = (image: Float32Array, grid: Grid, { shape, interpolation, fill }: Options): Float32Array => {
  const [height, width, channels] = shape
  const { xx, xy, yx, yy } = grid
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2]
  const result = new Float32Array(image.length)
  const write = (interpolation === 'nearest' ? nearestOf : bilinearOf)(image, result, { shape, fill })
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at += channels) {
      const x = column - middleX
      const y = row - middleY
      write(xx * x + xy * y + grid.x0 + middleX, yx * x + yy * y + grid.y0 + middleY, at)
    }
  return result
}

/** Writes what is at a point, x before y, into the channels of a pixel of the result that begin at a place. */
type Write = (x: number, y: number, to: number) => void
type WriterOf = (image: Float32Array, result: Float32Array, options: { shape: ImageShape; fill: number }) => Write

const nearestOf: WriterOf =
  (image, result, { shape: [height, width, channels], fill }) =>
  (x, y, to) => {
    const column = roundEven(x)
    const row = roundEven(y)
    const isInside = column >= 0 && column < width && row >= 0 && row < height
    const from = (row * width + column) * channels
    for (let channel = 0; channel < channels; channel++) result[to + channel] = isInside ? (image[from + channel] as number) : fill
  }

/** As processors and Python round: a half to the even number. */
export const roundEven = (value: number): number => {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

const bilinearOf: WriterOf = (image, result, { shape: [height, width, channels], fill }) => {
  const within = (at: number, size: number) => Math.max(0, Math.min(size - 1, at))
  return (x, y, to) => {
    const left = Math.floor(x)
    const top = Math.floor(y)
    // Of the two rows and columns around; what is outside has no weight.
    const ofLeft = left >= 0 && left < width ? 1 - (x - left) : 0
    const ofRight = left >= -1 && left < width - 1 ? x - left : 0
    const ofTop = top >= 0 && top < height ? 1 - (y - top) : 0
    const ofBottom = top >= -1 && top < height - 1 ? y - top : 0
    const coverage = (ofLeft + ofRight) * (ofTop + ofBottom)
    const upper = within(top, height) * width
    const lower = within(top + 1, height) * width
    const [a, b] = [(upper + within(left, width)) * channels, (upper + within(left + 1, width)) * channels]
    const [c, d] = [(lower + within(left, width)) * channels, (lower + within(left + 1, width)) * channels]
    for (let channel = 0; channel < channels; channel++) {
      const above = (image[a + channel] as number) * ofLeft + (image[b + channel] as number) * ofRight
      const below = (image[c + channel] as number) * ofLeft + (image[d + channel] as number) * ofRight
      result[to + channel] = coverage * (above * ofTop + below * ofBottom - fill) + fill
    }
  }
}
