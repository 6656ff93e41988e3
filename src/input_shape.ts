import type { Preprocessing, Step } from '../schema/recipe.ts'

type Shape = [height: number, width: number, channels: number]

/**
 * What a network sees of images that are stored so: height, width, channels.
 * @param stored height, width and channels of the stored images
 */
export const inputShape = ({ color_mode, steps = [] }: Pick<Preprocessing, 'color_mode' | 'steps'>, stored: readonly number[]): Shape => {
  const [height, width, channels] = stored as Shape
  const seen: Shape = [height, width, color_mode === undefined ? channels : color_mode === 'rgb' ? 3 : 1]
  return steps.reduce(shapeAfter, seen)
}

/** The shape that a step leaves. */
const shapeAfter = ([height, width, channels]: Shape, step: Step): Shape => {
  if (step.kind === 'grayscale') return [height, width, 1]
  if (step.kind === 'rgb') return [height, width, 3]
  if (step.kind === 'resize') return [...step.image_size, channels]
  if (step.kind === 'center_crop') return [...step.size, channels]
  return [height, width, channels]
}
