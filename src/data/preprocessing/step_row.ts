import type { Pixels } from '../resample.ts'

/** Mean and deviation of each channel over the training images. */
export type Statistics = { mean: readonly number[]; deviation: readonly number[] }

/**
 * A kind of step: of bytes, which stay bytes; or of numbers, which come after. `number` gets n × channels values and changes them.
 */
export type StepRow<S> =
  | { works: 'bytes'; apply: (spec: S, image: Pixels) => Pixels }
  | { works: 'numbers'; apply: (spec: S, values: Float32Array, context: { channels: number; statistics: Statistics | null }) => void }
