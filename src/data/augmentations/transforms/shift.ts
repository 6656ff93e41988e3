import type { TransformShift } from '../../../../schema/recipe.ts'
import type { CellProblem } from '../../../cell_problem.ts'
import { roundEven } from './grid.ts'
import { between } from './ranges.ts'
import type { TransformRow } from './transform_row.ts'
import { windowOf } from './window.ts'

/** From here on, what is in the middle of an image can leave it. */
const MOST = 0.5

/** torchvision's `RandomAffine` that only translates: by whole pixels, horizontally first. */
export const shift: TransformRow<TransformShift> = {
  apply: ({ translate: [across, down], fill }, image, { shape, random }) => {
    const [height, width] = shape
    const right = roundEven(between(random, [-across * width, across * width]))
    const below = roundEven(between(random, [-down * height, down * height]))
    return windowOf(image, { top: -below, left: -right }, { shape, outside: 'constant', fill: fill / 255 })
  },
  problems: ({ translate }, [height, width]) => {
    if (Math.round(translate[0] * width) === 0 && Math.round(translate[1] * height) === 0)
      return [
        warning('augmentation_idle', 'This shift moves no image: its shares are less than half a pixel.', 'E.g. translate: [0.1, 0.1].'),
      ]
    if (Math.max(...translate) < MOST) return []
    const message = `Shifts up to ${Math.max(...translate)} of the size: what is in the middle can leave the image.`
    return [warning('augmentation_too_strong', message, 'Khaireddin & Chen have 0.2.')]
  },
}

const warning = (code: CellProblem['code'], message: string, hint: string): CellProblem => ({
  code,
  severity: 'warning',
  at: ['translate'],
  message,
  hint,
})
