import type { Semantics } from '../../../schema/recipe.ts'
import type { Part } from '../dataset.ts'
import type { ImageShape } from './affine.ts'
import type { Scale } from './intensity.ts'

/** What stays the same in a run. */
export type AugmentationContext = {
  shape: ImageShape
  part: Part
  semantics: Semantics
  seed: number
  /** What the bytes 0 and 255 have become. */
  scale: Scale
}

/** Which image, and when: all that an image's changes depend on beside the seed. */
type Occasion = { epoch: number; row: number }

/** Changes an image: `source` and `target` are height × width × channels; `target` is written. */
export type Augment = (source: Float32Array, target: Float32Array, occasion: Occasion) => void

/** A kind of augmentation. */
export type AugmentationRow<S> = {
  /**
   * On what: `image`, 0 black and 1 white, before preprocessing makes numbers of it; or these `numbers`, as Keras does.
   */
  works: 'image' | 'numbers'
  /** @returns null where images of this part stay as they are */
  prepare: (spec: S, context: AugmentationContext) => Augment | null
}
