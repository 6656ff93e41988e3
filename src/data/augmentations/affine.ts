import type { AugmentationImageDataGenerator, Semantics } from '../../../schema/recipe.ts'

/** An affine map of an image, in Keras' terms. Shifts in pixels, angles in degrees; zoom below 1 enlarges. */
export type AffineParameters = { theta: number; tx: number; ty: number; shear: number; zx: number; zy: number }

export type FillMode = AugmentationImageDataGenerator['fill_mode']

/** [height, width, channels] */
export type ImageShape = readonly [number, number, number]

/**
 * From a pixel of the result to the point of the source that it shows:
 * row = rr·row′ + rc·column′ + r0 and column = cr·row′ + cc·column′ + c0.
 */
export type AffineMap = { rr: number; rc: number; r0: number; cr: number; cc: number; c0: number }

/**
 * Keras' map: rotation · shift · shear · zoom, about the image's centre.
 *
 * Keras-Preprocessing 1.1.2 (`keras-2.4`) takes (h/2 + 0.5, w/2 + 0.5) for the centre and rows as the first axis; Keras 3 takes
 * (h/2 − 0.5, w/2 − 0.5) and exchanges the axes afterwards, so that tx and zx act on columns and theta turns the other way.
 */
export const affineMap = (
  { theta, tx, ty, shear, zx, zy }: AffineParameters,
  [height, width]: ImageShape,
  semantics: Semantics,
): AffineMap => {
  const [turn, lean] = [(theta * Math.PI) / 180, (shear * Math.PI) / 180]
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const a = cos * zx
  const b = (-cos * Math.sin(lean) - sin * Math.cos(lean)) * zy
  const c = sin * zx
  const d = (-sin * Math.sin(lean) + cos * Math.cos(lean)) * zy
  const half = semantics === 'keras-3' ? -0.5 : 0.5
  const [u, v] = [height / 2 + half, width / 2 + half]
  const e = cos * tx - sin * ty + u - a * u - b * v
  const f = sin * tx + cos * ty + v - c * u - d * v
  return semantics === 'keras-3' ? { rr: d, rc: c, r0: f, cr: b, cc: a, c0: e } : { rr: a, rc: b, r0: e, cr: c, cc: d, c0: f }
}

/**
 * Moves a coordinate into 0…last, as SciPy's `ndimage` extends an image beyond its edges; −1 stands for "outside". With it, sampling
 * between the two nearest pixels gives what SciPy gives (order 1). `wrap` has period n − 1, not n, as in SciPy.
 */
const folds: Record<FillMode, (at: number, last: number) => number> = {
  nearest: (at, last) => (at < 0 ? 0 : Math.min(at, last)),
  constant: (at, last) => (at < 0 || at > last ? -1 : at),
  wrap: (at, last) => {
    if (last === 0) return 0
    if (at < 0) return at + last * (Math.floor(-at / last) + 1)
    return at > last ? at - last * Math.floor(at / last) : at
  },
  reflect: (at, last) => {
    const period = 2 * (last + 1)
    const shifted = at + 0.5 - period * Math.floor((at + 0.5) / period)
    const back = shifted > last + 1 ? period - shifted : shifted
    return Math.max(0, Math.min(last, back - 0.5))
  },
}

export type SampleOptions = { shape: ImageShape; fillMode: FillMode; cval: number; flipHorizontal: boolean; flipVertical: boolean }

/**
 * Samples an image at the points of a map, bilinearly, then mirrors it. Computed in float64, stored as float32, as SciPy does.
 * @param source height × width × channels
 * @param target the same; written
 */
export const sample = (source: Float32Array, target: Float32Array, map: AffineMap, options: SampleOptions): void => {
  const { shape, fillMode, cval, flipHorizontal, flipVertical } = options
  const [height, width, channels] = shape
  const { rr, rc, r0, cr, cc, c0 } = map
  const fold = folds[fillMode]
  const stride = width * channels
  const [lastRow, lastColumn] = [height - 1, width - 1]
  const step = flipHorizontal ? -channels : channels
  for (let i = 0; i < height; i++) {
    const rowStart = r0 + rr * i
    const columnStart = c0 + cr * i
    let out = (flipVertical ? lastRow - i : i) * stride + (flipHorizontal ? lastColumn * channels : 0)
    for (let j = 0; j < width; j++, out += step) {
      let row = rowStart + rc * j
      let column = columnStart + cc * j
      if (row < 0 || row > lastRow || column < 0 || column > lastColumn) {
        row = fold(row, lastRow)
        column = fold(column, lastColumn)
        if (row < 0 || column < 0) {
          target.fill(cval, out, out + channels)
          continue
        }
      }
      const top = row | 0
      const left = column | 0
      const down = row - top
      const right = column - left
      const below = top < lastRow ? stride : 0
      const beside = left < lastColumn ? channels : 0
      for (let channel = 0, at = top * stride + left * channels; channel < channels; channel++, at++) {
        const a = source[at] as number
        const b = source[at + below] as number
        const upper = a + ((source[at + beside] as number) - a) * right
        const lower = b + ((source[at + below + beside] as number) - b) * right
        target[out + channel] = upper + (lower - upper) * down
      }
    }
  }
}
