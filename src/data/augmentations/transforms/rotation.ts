import type { TransformRotation } from '../../../../schema/recipe.ts'
import { sampleGrid, turnGrid } from './grid.ts'
import { between, orderProblems } from './ranges.ts'
import type { TransformRow } from './transform_row.ts'

/** torchvision's `RandomRotation`. */
export const rotation: TransformRow<TransformRotation> = {
  apply: ({ degrees, interpolation, fill }, image, { shape, random }) => {
    const range: readonly [number, number] = typeof degrees === 'number' ? [-degrees, degrees] : degrees
    return sampleGrid(image, turnGrid(between(random, range)), { shape, interpolation, fill: fill / 255 })
  },
  problems: ({ degrees }) => [...orderProblems('degrees', degrees), ...([degrees].flat().every((angle) => angle === 0) ? [idle] : [])],
}

const idle = {
  code: 'augmentation_idle',
  severity: 'warning',
  at: ['degrees'],
  message: 'This rotation turns no image: its degrees are 0.',
  hint: 'Give it degrees, e.g. degrees: 4, or leave it out.',
} as const
