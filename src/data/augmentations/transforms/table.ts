import type { Transform } from '../../../../schema/recipe.ts'
import type { CellProblem } from '../../../cell_problem.ts'
import type { ImageShape } from '../affine.ts'
import { color_jitter } from './color_jitter.ts'
import { cutout } from './cutout.ts'
import { horizontal_flip } from './horizontal_flip.ts'
import { rand_augment } from './rand_augment.ts'
import { random_crop } from './random_crop.ts'
import { random_erasing } from './random_erasing.ts'
import { random_resized_crop } from './random_resized_crop.ts'
import { rotation } from './rotation.ts'
import { shift } from './shift.ts'
import type { Drawing, TransformRow } from './transform_row.ts'

type Kind = Transform['kind']
type SpecOf<K extends Kind> = Extract<Transform, { kind: K }>

const transforms: { [K in Kind]: TransformRow<SpecOf<K>> } = {
  horizontal_flip,
  random_crop,
  random_resized_crop,
  rotation,
  shift,
  color_jitter,
  cutout,
  random_erasing,
  rand_augment,
}

/** An image after a transform, drawn for it; the one that is given may be changed itself. */
export const changed = (transform: Transform, image: Float32Array, drawing: Drawing): Float32Array =>
  rowOf(transform).apply(transform, image, drawing)

const rowOf = ({ kind }: Transform): TransformRow<Transform> => transforms[kind] as TransformRow<Transform>

/** What is wrong with the values of a transform for images of a shape; `at`: within it. */
export const transformProblems = (transform: Transform, shape: ImageShape): CellProblem[] => [
  ...(transform.p === 0 ? [never] : []),
  ...rowOf(transform).problems(transform, shape),
]

const never: CellProblem = {
  code: 'augmentation_idle',
  severity: 'warning',
  at: ['p'],
  message: 'This transform changes no image: its probability is 0.',
  hint: 'Give it one, or leave the transform out.',
}
