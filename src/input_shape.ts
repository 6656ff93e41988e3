import type { Preprocessing } from '../schema/recipe.ts'

/**
 * What a network sees of images that are stored so: height, width, channels.
 * @param stored height, width and channels of the stored images
 */
export const inputShape = (
  { color_mode }: Pick<Preprocessing, 'color_mode'>,
  [height, width, stored]: readonly number[],
): [number, number, number] => [
  height as number,
  width as number,
  color_mode === undefined ? (stored as number) : color_mode === 'rgb' ? 3 : 1,
]
