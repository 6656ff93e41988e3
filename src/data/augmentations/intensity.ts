import type { Semantics } from '../../../schema/recipe.ts'

/** The numbers that the bytes 0 and 255 have become. */
export type Scale = { low: number; high: number }

/** Keras' `apply_channel_shift`: every value moved, and kept between the least and the greatest that there were. Changes the values. */
export const shiftChannels = (values: Float32Array, intensity: number): void => {
  const { least, most } = extremes(values)
  for (const [at, value] of values.entries()) values[at] = Math.max(least, Math.min(most, value + intensity))
}

/**
 * Keras' `apply_brightness_shift`, which is Pillow's: bytes, multiplied, cut off at 255. Keras 2.4 stretches the image to 0…255 first; Keras 3
 * does so only where values lie outside, and shrinks it again. Changes the values.
 */
export const changeBrightness = (
  values: Float32Array,
  factor: number,
  { scale, semantics }: { scale: Scale; semantics: Semantics },
): void => {
  const span = scale.high - scale.low
  for (const [at, value] of values.entries()) values[at] = nearByte(((value - scale.low) / span) * 255)
  const { least, most } = extremes(values)
  const isOutside = least < 0 || most > 255
  const stretches = semantics === 'keras-2.4' || isOutside
  const range = most - least || 1
  for (const [at, value] of values.entries()) {
    const byte = Math.trunc(stretches ? ((value - least) / range) * 255 : value)
    // Pillow multiplies in float32.
    const bright = Math.trunc(Math.max(0, Math.min(255, Math.fround(byte * Math.fround(factor)))))
    values[at] = semantics === 'keras-3' && isOutside ? (bright / 255) * (most - least) + least : bright
  }
  for (const [at, value] of values.entries()) values[at] = (value / 255) * span + scale.low
}

/** What was a byte before it was rescaled is one again, whatever rounding has done to it. */
const nearByte = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-3 ? Math.round(value) : value)

const extremes = (values: Float32Array): { least: number; most: number } => {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}
