import type { ProblemCode } from '../../schema/problem_code.ts'
import type { Augmentation, Spec } from '../../schema/recipe.ts'
import type { CellProblem } from '../cell_problem.ts'
import { transformProblems } from '../data/augmentations/transforms/table.ts'
import { inputShape } from '../input_shape.ts'

/** Images up to this size are small: there the paper's finding on rotation was made (48×48). */
const SMALL = 64
/** LE Huy Duc 2021: "rotation of 6 degrees or more underfits". */
const PAPER_ROTATION = 6
/** Beyond these a face, or whatever else is in the middle, mostly leaves the image. */
const MOST_SHIFT = 0.5
const MOST_ZOOM = 0.5

type Affine = Extract<Augmentation, { kind: 'image_data_generator' }>

/**
 * Ranges that make little sense for images of this size, or none at all.
 * @param imageShape height, width and channels of the stored images
 */
export const augmentationAdvice = (
  { augmentation, preprocessing }: Pick<Spec, 'augmentation' | 'preprocessing'>,
  imageShape: readonly [number, number, number],
): CellProblem[] => {
  if (augmentation.kind === 'compose') return listAdvice(augmentation, preprocessing, imageShape)
  if (augmentation.kind !== 'image_data_generator') return []
  const [height, width] = imageShape
  return [
    ...rotationAdvice(augmentation.rotation_range, Math.max(height, width)),
    ...shiftAdvice('width_shift_range', augmentation.width_shift_range, width),
    ...shiftAdvice('height_shift_range', augmentation.height_shift_range, height),
    ...zoomAdvice(augmentation),
    ...idleAdvice(augmentation),
  ]
}

const listAdvice = (
  { transforms, mix }: Extract<Augmentation, { kind: 'compose' }>,
  preprocessing: Spec['preprocessing'],
  imageShape: readonly [number, number, number],
): CellProblem[] => {
  if (transforms.length === 0 && mix === undefined)
    return [
      warning(
        'kind',
        'augmentation_idle',
        'This augmentation changes nothing: it has no transforms.',
        'E.g. transforms: [horizontal_flip].',
      ),
    ]
  const [height, width, channels] = inputShape(preprocessing, imageShape)
  // A gray image that the network sees in colour has no colour for that.
  const shape = [height, width, Math.min(channels, imageShape[2])] as const
  return transforms.flatMap((transform, place) => [
    ...transformProblems(transform, shape).map((problem) => ({ ...problem, at: ['augmentation', 'transforms', place, ...problem.at] })),
    ...(transform.kind === 'rotation' ? turnAdvice(transform.degrees, place, Math.max(height, width)) : []),
  ])
}

const turnAdvice = (degrees: number | readonly [number, number], place: number, size: number): CellProblem[] =>
  rotationAdvice(Math.max(...[degrees].flat().map(Math.abs)), size).map((problem) => ({
    ...problem,
    at: ['augmentation', 'transforms', place, 'degrees'],
  }))

const rotationAdvice = (degrees: number, size: number): CellProblem[] => {
  if (degrees < PAPER_ROTATION || size > SMALL) return []
  const message = `Rotations up to ${degrees}° on images of ${size} pixels.`
  const hint = 'LE Huy Duc (USTH 2021) found that 6° or more underfit on FER2013; its recipe has 4°.'
  return [warning('rotation_range', 'rotation_underfits', message, hint)]
}

const warning = (key: string, code: ProblemCode, message: string, hint: string): CellProblem => ({
  severity: 'warning',
  code,
  at: ['augmentation', key],
  message,
  hint,
})

const shiftAdvice = (key: 'width_shift_range' | 'height_shift_range', ranges: number | readonly number[], size: number): CellProblem[] => {
  const range = Math.max(...[ranges].flat().map(Math.abs))
  const pixels = range < 1 ? range * size : range
  if (pixels < MOST_SHIFT * size) return []
  const written = range < 1 ? `${range} of ${size} pixels` : `${range} pixels`
  const message = `Shifts up to ${written}: what is in the middle can leave the image.`
  return [warning(key, 'augmentation_too_strong', message, 'Below 1 it is a share of the size, from 1 on it is pixels.')]
}

const zoomAdvice = ({ zoom_range }: Affine): CellProblem[] => {
  const [low, high] = typeof zoom_range === 'number' ? [1 - zoom_range, 1 + zoom_range] : zoom_range
  if (Math.max(1 - low, high - 1) < MOST_ZOOM) return []
  const message = `Zoom from ${+low.toFixed(3)} to ${+high.toFixed(3)} of the image.`
  return [warning('zoom_range', 'augmentation_too_strong', message, 'The paper has 0.1.')]
}

/** Every range at its default: the augmentation that was asked for does nothing. */
const idleAdvice = ({
  rotation_range,
  width_shift_range,
  height_shift_range,
  shear_range,
  zoom_range,
  horizontal_flip,
  vertical_flip,
  channel_shift_range = 0,
  brightness_range,
}: Affine): CellProblem[] => {
  const ranges = [rotation_range, width_shift_range, height_shift_range, shear_range, zoom_range, channel_shift_range].flat()
  if (ranges.some((range) => range !== 0) || horizontal_flip || vertical_flip || brightness_range) return []
  return [
    warning(
      'kind',
      'augmentation_idle',
      'This augmentation changes nothing: all its ranges are 0.',
      'Give it ranges, e.g. rotation_range: 4, or use kind: none.',
    ),
  ]
}
