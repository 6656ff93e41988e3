import type { Preprocessing } from '../../../schema/recipe.ts'
import type { Scale } from '../augmentations/intensity.ts'
import { rowOf } from './table.ts'

/** What the bytes 0 and 255 have become once images are prepared; null where that differs from image to image or channel to channel. */
export const scaleOf = ({ steps = [], rescale }: Preprocessing): Scale | null => {
  const numbers = steps.filter((step) => rowOf(step).works === 'numbers')
  const [first, ...others] = numbers
  if (!first) return { low: rescale[0], high: rescale[1] }
  return first.kind === 'rescale' && others.length === 0 ? { low: first.range[0], high: first.range[1] } : null
}
