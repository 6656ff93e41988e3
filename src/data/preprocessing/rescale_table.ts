import type { Preprocessing } from '../../../schema/recipe.ts'

/**
 * The number that the network sees for each byte: (x/255)·(high − low) + low, in float32 steps. For [−1, 1] that is to the bit what NumPy's
 * float32 gives for the paper's (x/255 − 0.5)·2.
 * @returns 256 values
 */
export const rescaleTable = ([low, high]: Preprocessing['rescale']): Float32Array => {
  const span = Math.fround(high - low)
  return Float32Array.from({ length: 256 }, (_, byte) => Math.fround(Math.fround(byte / 255) * span) + low)
}

/** The same of bytes as shares of 255, and of what lies between them: in the place of the values. */
export const rescaleShares = (values: Float32Array, [low, high]: Preprocessing['rescale']): void => {
  const span = Math.fround(high - low)
  for (const [at, share] of values.entries()) values[at] = Math.fround(share * span) + low
}
