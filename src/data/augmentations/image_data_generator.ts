import type { AugmentationImageDataGenerator } from '../../../schema/recipe.ts'
import { type Random, randomOf } from '../../random.ts'
import { type AffineParameters, affineMap, type ImageShape, sample } from './affine.ts'
import type { AugmentationRow } from './augmentation_row.ts'
import { changeBrightness, shiftChannels } from './intensity.ts'

type Transform = AffineParameters & {
  flipHorizontal: boolean
  flipVertical: boolean
  /** In bytes; 0: none. */
  channelShift: number
  /** A factor; null: none. */
  brightness: number | null
}

/** Keras' ImageDataGenerator, of whose random numbers only the distribution is the same. */
export const image_data_generator: AugmentationRow<AugmentationImageDataGenerator> = {
  works: 'numbers',
  prepare: (spec, { shape, part, semantics, seed, scale }) => {
    if (!spec.apply_to.some((applied) => applied === part)) return null
    const { fill_mode: fillMode, cval } = spec
    return (source, target, { epoch, row }) => {
      const transform = drawTransform(spec, shape, randomOf({ seed, purpose: 'augmentation', at: [epoch, row] }))
      const { flipHorizontal, flipVertical, channelShift, brightness } = transform
      sample(source, target, affineMap(transform, shape, semantics), { shape, fillMode, cval, flipHorizontal, flipVertical })
      if (channelShift !== 0) shiftChannels(target, (channelShift / 255) * (scale.high - scale.low))
      if (brightness !== null) changeBrightness(target, brightness, { scale, semantics })
    }
  },
}

/**
 * An image's transform, drawn as Keras' `get_random_transform` draws: everything uniform, in the order theta, tx, ty, shear, zx, zy,
 * flips, channel shift, brightness. tx comes from `height_shift_range` and ty from `width_shift_range`; a range below 1 is a share of the
 * height or width, a list has the shifts that there are, with either sign.
 */
export const drawTransform = (spec: AugmentationImageDataGenerator, [height, width]: ImageShape, random: Random): Transform => {
  const within = (range: number) => (2 * random.uniform() - 1) * range
  const theta = within(spec.rotation_range)
  const tx = drawShift(spec.height_shift_range, height, random)
  const ty = drawShift(spec.width_shift_range, width, random)
  const shear = within(spec.shear_range)
  const zx = drawZoom(spec.zoom_range, random)
  const zy = drawZoom(spec.zoom_range, random)
  const flipHorizontal = random.uniform() < 0.5 && spec.horizontal_flip
  const flipVertical = random.uniform() < 0.5 && spec.vertical_flip
  const channelShift = spec.channel_shift_range === undefined ? 0 : within(spec.channel_shift_range)
  const [dark, bright] = spec.brightness_range ?? []
  const brightness = dark === undefined || bright === undefined ? null : dark + random.uniform() * (bright - dark)
  return { theta, tx, ty, shear, zx, zy, flipHorizontal, flipVertical, channelShift, brightness }
}

const drawShift = (range: number | readonly number[], size: number, random: Random): number => {
  if (typeof range === 'number') return (2 * random.uniform() - 1) * (range < 1 ? range * size : range)
  const chosen = range[random.integer(range.length)] as number
  const shift = random.uniform() < 0.5 ? -chosen : chosen
  return Math.max(...range) < 1 ? shift * size : shift
}

const drawZoom = (range: number | readonly [number, number], random: Random): number =>
  typeof range === 'number' ? 1 + (2 * random.uniform() - 1) * range : range[0] + random.uniform() * (range[1] - range[0])
