import type { SourceImageFolder } from '../../schema/recipe.ts'

type Interpolation = SourceImageFolder['interpolation']

/** An image in memory: height × width × channels bytes, row-major. */
export type Pixels = { data: Uint8Array; height: number; width: number; channels: number }

/** Part of an axis, in pixels. */
type Range = { from: number; length: number }

/** What a pixel of the result is made of: the pixel `from`, those after it, and the weight of each. */
type Tap = { from: number; weights: Int32Array }

/** Weights are whole 2⁻²²: every machine gives the same bytes. */
const WEIGHT_BITS = 22
const ONE = 1 << WEIGHT_BITS

/** Weight of a pixel at a distance, in pixels of the coarser grid; 0 beyond `support`. */
type Filter = { support: number; at: (distance: number) => number }

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI))

const cubic = (x: number) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0)

/** Source: Pillow's `Resample.c`. */
const filters: Record<Exclude<Interpolation, 'nearest'>, Filter> = {
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, at: (x) => (Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI))) },
  bicubic: { support: 2, at: (x) => cubic(Math.abs(x)) },
  lanczos: { support: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
}

/**
 * An image in another size, to the byte as Pillow 12's `Image.resize` and so Keras' `load_img` make it: where it becomes smaller every pixel
 * counts. sharp's own resizing is not used: what it makes larger is off by part of a pixel.
 * @param crop whether the middle of the image, in the aspect of the result, is taken instead of all of it (Keras' `keep_aspect_ratio`)
 * @returns height × width × channels bytes
 */
export const resample = (
  { data, height, width, channels }: Pixels,
  wanted: { height: number; width: number; interpolation: Interpolation; crop: boolean },
): Uint8Array => {
  const { interpolation, crop } = wanted
  const rows = middle(height, crop ? Math.floor((width * wanted.height) / wanted.width) : height)
  const columns = middle(width, crop ? Math.floor((height * wanted.width) / wanted.height) : width)
  const across = tapsOf(width, wanted.width, { range: columns, interpolation })
  const down = tapsOf(height, wanted.height, { range: rows, interpolation })
  const narrow = applyTaps(data, across, { outer: height, size: width, inner: channels })
  return applyTaps(narrow, down, { outer: 1, size: height, inner: wanted.width * channels })
}

const middle = (size: number, wanted: number): Range => {
  const length = Math.max(1, Math.min(size, wanted))
  return { from: Math.floor((size - length) / 2), length }
}

const tapsOf = (size: number, wanted: number, { range, interpolation }: { range: Range; interpolation: Interpolation }): Tap[] => {
  const scale = range.length / wanted
  if (interpolation === 'nearest') return nearestTaps(wanted, { from: range.from, scale })
  const stretch = Math.max(scale, 1)
  const { support, at } = filters[interpolation]
  return Array.from({ length: wanted }, (_, index) => {
    const center = range.from + (index + 0.5) * scale
    const from = Math.max(0, Math.trunc(center - support * stretch + 0.5))
    const to = Math.min(size, Math.trunc(center + support * stretch + 0.5))
    const weights = Array.from({ length: to - from }, (_, tap) => at((from + tap - center + 0.5) * (1 / stretch)))
    const sum = weights.reduce((all, weight) => all + weight, 0)
    return { from, weights: Int32Array.from(weights, (weight) => roundAway((weight / sum) * ONE)) }
  })
}

/** As Pillow adds up: the rounding of the sums decides which pixel is nearest. */
const nearestTaps = (wanted: number, { from, scale }: { from: number; scale: number }): Tap[] => {
  const taps: Tap[] = []
  for (let at = from + scale * 0.5; taps.length < wanted; at += scale) taps.push({ from: Math.trunc(at), weights: Int32Array.of(ONE) })
  return taps
}

const roundAway = (value: number) => Math.trunc(value < 0 ? value - 0.5 : value + 0.5)

/** Bytes as outer × size × inner, to outer × taps × inner. */
const applyTaps = (
  data: Uint8Array,
  taps: readonly Tap[],
  { outer, size, inner }: { outer: number; size: number; inner: number },
): Uint8Array => {
  const result = new Uint8ClampedArray(outer * taps.length * inner)
  let place = 0
  for (let block = 0; block < outer; block++)
    for (const { from, weights } of taps)
      for (let first = (block * size + from) * inner, end = first + inner; first < end; first++) {
        let sum = ONE / 2
        for (let tap = 0, at = first; tap < weights.length; tap++, at += inner) sum += Math.imul(data[at] as number, weights[tap] as number)
        result[place++] = sum >> WEIGHT_BITS
      }
  return new Uint8Array(result.buffer)
}
