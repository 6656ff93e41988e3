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
 * a darker rim: coverage·(sample − fill) + fill, of a sample that already counts what is outside as zero.
 */
export const sampleGrid = (image: Float32Array, grid: Grid, options: Options): Float32Array => {
  const [height, width] = options.shape
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2]
  const result = new Float32Array(image.length)
  const write = options.interpolation === 'nearest' ? writeNearest : writeBilinear
  for (let row = 0, pixel = 0; row < height; row++)
    for (let column = 0; column < width; column++, pixel++) {
      const [x, y] = [column - middleX, row - middleY]
      const point = { x: grid.xx * x + grid.xy * y + grid.x0 + middleX, y: grid.yx * x + grid.yy * y + grid.y0 + middleY }
      write(image, result, { ...options, pixel, point })
    }
  return result
}

type Place = Options & { pixel: number; point: { x: number; y: number } }

const writeNearest = (image: Float32Array, result: Float32Array, { shape, fill, pixel, point }: Place): void => {
  const [height, width, channels] = shape
  const [column, row] = [roundEven(point.x), roundEven(point.y)]
  const isInside = column >= 0 && column < width && row >= 0 && row < height
  for (let channel = 0; channel < channels; channel++)
    result[pixel * channels + channel] = isInside ? (image[(row * width + column) * channels + channel] as number) : fill
}

/** As processors and Python round: a half to the even number. */
export const roundEven = (value: number): number => {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

const writeBilinear = (image: Float32Array, result: Float32Array, { shape, fill, pixel, point }: Place): void => {
  const [height, width, channels] = shape
  const [left, top] = [Math.floor(point.x), Math.floor(point.y)]
  const [right, down] = [point.x - left, point.y - top]
  const corners = [
    { row: top, column: left, weight: (1 - right) * (1 - down) },
    { row: top, column: left + 1, weight: right * (1 - down) },
    { row: top + 1, column: left, weight: (1 - right) * down },
    { row: top + 1, column: left + 1, weight: right * down },
  ].filter(({ row, column }) => row >= 0 && row < height && column >= 0 && column < width)
  const coverage = corners.reduce((sum, { weight }) => sum + weight, 0)
  for (let channel = 0; channel < channels; channel++) {
    const value = corners.reduce(
      (sum, { row, column, weight }) => sum + weight * (image[(row * width + column) * channels + channel] as number),
      0,
    )
    result[pixel * channels + channel] = coverage * (value - fill) + fill
  }
}
