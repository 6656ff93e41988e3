import type { CellProblem } from '../../../cell_problem.ts'
import type { Random } from '../../../random.ts'
import type { ImageShape } from '../affine.ts'

/** The image's shape, and what the transform draws from. */
export type Drawing = { shape: ImageShape; random: Random }

/** A kind of transform of images: height × width × channels numbers, 0 is black, 1 white. */
export type TransformRow<S> = {
  /** @returns the image as changed; the one that is given may be changed itself */
  apply: (spec: S, image: Float32Array, drawing: Drawing) => Float32Array
  /** What of the values does not fit images of a shape, or is not what it seems; `at`: within the transform. */
  problems: (spec: S, shape: ImageShape) => CellProblem[]
}
