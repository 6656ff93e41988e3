import type { AugmentationImageDataGenerator } from '../../../schema/recipe.ts'
import { type Random, randomOf } from '../../random.ts'
import { type AffineParameters, affineMap, type ImageShape, sample } from './affine.ts'
import type { AugmentationRow } from './augmentation_row.ts'

export type Transform = AffineParameters & { flipHorizontal: boolean; flipVertical: boolean }

/** Keras' ImageDataGenerator, of whose random numbers only the distribution is the same. */
export const image_data_generator: AugmentationRow<AugmentationImageDataGenerator> = {
  prepare: (spec, { shape, part, semantics, seed }) => {
    if (!spec.apply_to.some((applied) => applied === part)) return null
    const { fill_mode: fillMode, cval } = spec
    return (source, target, { epoch, row }) => {
      const transform = drawTransform(spec, shape, randomOf({ seed, purpose: 'augmentation', at: [epoch, row] }))
      const { flipHorizontal, flipVertical } = transform
      sample(source, target, affineMap(transform, shape, semantics), { shape, fillMode, cval, flipHorizontal, flipVertical })
    }
  },
}

/**
 * An image's transform, drawn as Keras' `get_random_transform` draws: everything uniform, in the order theta, tx, ty, shear, zx, zy,
 * flips. tx comes from `height_shift_range` and ty from `width_shift_range`; a range below 1 is a share of the height or width.
 */
export const drawTransform = (spec: AugmentationImageDataGenerator, [height, width]: ImageShape, random: Random): Transform => {
  const within = (range: number) => (2 * random.uniform() - 1) * range
  const pixels = (range: number, size: number) => (range < 1 ? range * size : range)
  const theta = within(spec.rotation_range)
  const tx = within(pixels(spec.height_shift_range, height))
  const ty = within(pixels(spec.width_shift_range, width))
  const shear = within(spec.shear_range)
  const zx = 1 + within(spec.zoom_range)
  const zy = 1 + within(spec.zoom_range)
  const flipHorizontal = random.uniform() < 0.5 && spec.horizontal_flip
  const flipVertical = random.uniform() < 0.5 && spec.vertical_flip
  return { theta, tx, ty, shear, zx, zy, flipHorizontal, flipVertical }
}
