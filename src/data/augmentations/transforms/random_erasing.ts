import type { TransformRandomErasing } from '../../../../schema/recipe.ts'
import { drawBox, erase } from './box.ts'
import { orderProblems } from './ranges.ts'
import type { TransformRow } from './transform_row.ts'

/** torchvision's `RandomErasing`; its `random` values are those of Zhong et al. 2017, uniform from black to white. */
export const random_erasing: TransformRow<TransformRandomErasing> = {
  apply: ({ scale, ratio, value }, image, { shape, random }) => {
    const [height, width] = shape
    const fits = (rows: number, columns: number) => rows < height && columns < width
    const sidesOf = (area: number, aspect: number) => [Math.sqrt(area * aspect), Math.sqrt(area / aspect)] as const
    const box = drawBox(random, shape, { scale, ratio, fits }, sidesOf)
    return box === null ? image : erase(image, box, shape, value === 'random' ? random.uniform : () => value / 255)
  },
  problems: ({ scale, ratio }) => [
    ...orderProblems('scale', scale),
    ...orderProblems('ratio', ratio),
    ...(Math.min(...scale) >= 1 || Math.max(...scale) === 0 ? [idle] : []),
  ],
}

const idle = {
  code: 'augmentation_idle',
  severity: 'warning',
  at: ['scale'],
  message: 'This erases nothing: a rectangle as large as the image does not fit, one of area 0 has no pixel.',
  hint: 'The authors have scale: [0.02, 0.33].',
} as const
