import type { TransformRandomCrop } from '../../../../schema/recipe.ts'
import type { CellProblem } from '../../../cell_problem.ts'
import type { TransformRow } from './transform_row.ts'
import { windowOf } from './window.ts'

/** torchvision's `RandomCrop` to the size of the image itself. */
export const random_crop: TransformRow<TransformRandomCrop> = {
  apply: ({ padding, padding_mode: outside, fill }, image, { shape, random }) => {
    const [across, down] = bordersOf(padding)
    const top = random.integer(2 * down + 1) - down
    const left = random.integer(2 * across + 1) - across
    return windowOf(image, { top, left }, { shape, outside, fill: fill / 255 })
  },
  problems: ({ padding, padding_mode }, [height, width]) => {
    const [across, down] = bordersOf(padding)
    if (across === 0 && down === 0)
      return [{ ...AT, code: 'augmentation_idle', severity: 'warning', message: 'A crop without a border is the image itself.' }]
    return [...mirrorProblems(padding_mode, across, width), ...mirrorProblems(padding_mode, down, height)].slice(0, 1)
  },
}

const AT = { at: ['padding'] } as const

const bordersOf = (padding: TransformRandomCrop['padding']): readonly [across: number, down: number] =>
  typeof padding === 'number' ? [padding, padding] : padding

/** What a mirror shows ends with the image; other borders as wide would leave nothing of it. */
const mirrorProblems = (mode: TransformRandomCrop['padding_mode'], border: number, size: number): CellProblem[] => {
  const widest = mode === 'reflect' ? size - 1 : size
  if (border <= widest) return []
  const message = `A border of ${border} pixels, and with padding_mode: ${mode} an image of ${size} has one of ${widest} at most.`
  return [{ ...AT, code: 'transform_misfit', severity: 'error', message, hint: 'A border of 4 is usual for images of 32 to 48 pixels.' }]
}
