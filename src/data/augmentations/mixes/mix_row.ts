import type { Random } from '../../../random.ts'
import type { ImageShape } from '../affine.ts'

/** A batch whose images and shares of classes are mixed, in their place. */
export type Mixture = { size: number; x: Float32Array; y: Float32Array; shape: ImageShape }

/** A kind of mixing each image of a batch with the one before it, the first with the last; drawn once for the batch. */
export type MixRow<S> = (spec: S, batch: Mixture, random: Random) => void
