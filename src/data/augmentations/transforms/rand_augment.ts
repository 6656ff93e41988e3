import type { TransformRandAugment } from '../../../../schema/recipe.ts'
import type { Random } from '../../../random.ts'
import type { ImageShape } from '../affine.ts'
import { type Grid, roundEven, sampleGrid, turnGrid } from './grid.ts'
import { adjustBrightness, adjustContrast, adjustSaturation, adjustSharpness, autocontrast, equalize, posterize, solarize } from './tone.ts'
import type { TransformRow } from './transform_row.ts'
import { windowOf } from './window.ts'

type Options = { shape: ImageShape /** From 0 to 1, or from −1 where either sign is drawn. */; strength: number; fill: number }

/** One of the changes; `signed`: in either direction. */
type Change = { signed: boolean; apply: (image: Float32Array, options: Options) => Float32Array }

/** As torchvision has them for the greatest magnitude. */
const SHEAR = 0.3
const MOVE = 150 / 331
const DEGREES = 30
const FACTOR = 0.9
const BITS = 4

const affine = (gridOf: (strength: number, shape: ImageShape) => Grid): Change => ({
  signed: true,
  apply: (image, { shape, strength, fill }) => sampleGrid(image, gridOf(strength, shape), { shape, fill, interpolation: 'nearest' }),
})

const move = (stepOf: (strength: number, shape: ImageShape) => { top: number; left: number }): Change => ({
  signed: true,
  apply: (image, { shape, strength, fill }) => windowOf(image, stepOf(strength, shape), { shape, fill, outside: 'constant' }),
})

const factor = (adjust: typeof adjustBrightness): Change => ({
  signed: true,
  apply: (image, { shape, strength }) => adjust(image, shape, 1 + FACTOR * strength),
})

const unsigned = (apply: Change['apply']): Change => ({ signed: false, apply })

/** About the image's upper left corner, x before the other axis. */
const shearX = (shear: number, height: number): Grid => ({ xx: 1, xy: shear, x0: (shear * height) / 2, yx: 0, yy: 1, y0: 0 })
const shearY = (shear: number, width: number): Grid => ({ xx: 1, xy: 0, x0: 0, yx: shear, yy: 1, y0: (shear * width) / 2 })

/** The 14 changes of torchvision's `RandAugment`. */
export const changes: Readonly<Record<string, Change>> = {
  Identity: unsigned((image) => image),
  ShearX: affine((strength, [height]) => shearX(SHEAR * strength, height)),
  ShearY: affine((strength, [, width]) => shearY(SHEAR * strength, width)),
  TranslateX: move((strength, [, width]) => ({ top: 0, left: -Math.trunc(MOVE * width * strength) })),
  TranslateY: move((strength, [height]) => ({ top: -Math.trunc(MOVE * height * strength), left: 0 })),
  Rotate: affine((strength) => turnGrid(DEGREES * strength)),
  Brightness: factor(adjustBrightness),
  Color: factor(adjustSaturation),
  Contrast: factor(adjustContrast),
  Sharpness: factor(adjustSharpness),
  Posterize: unsigned((image, { shape, strength }) => posterize(image, shape, 8 - roundEven(BITS * strength))),
  Solarize: unsigned((image, { shape, strength }) => solarize(image, shape, 1 - strength)),
  AutoContrast: unsigned((image, { shape }) => autocontrast(image, shape, 0)),
  Equalize: unsigned((image, { shape }) => equalize(image, shape, 0)),
}

/** torchvision's `RandAugment`, with the nearest pixel where it moves any. */
export const rand_augment: TransformRow<TransformRandAugment> = {
  apply: ({ num_ops, magnitude, num_magnitude_bins, fill }, image, { shape, random }) => {
    const strength = magnitude / (num_magnitude_bins - 1)
    const drawn = Array.from({ length: num_ops }, () => drawChange(random))
    return drawn.reduce((seen, { apply, sign }) => apply(seen, { shape, strength: sign * strength, fill: fill / 255 }), image)
  },
  problems: ({ magnitude, num_magnitude_bins: bins }) =>
    magnitude < bins
      ? []
      : [
          {
            code: 'transform_misfit',
            severity: 'error',
            at: ['magnitude'],
            message: `Magnitude ${magnitude} of ${bins}: they are counted from 0, so that the greatest is ${bins - 1}.`,
            hint: 'A smaller magnitude, or more num_magnitude_bins.',
          },
        ],
}

const drawChange = (random: Random): Change & { sign: number } => {
  const all = Object.values(changes)
  const change = all[random.integer(all.length)] as Change
  return { ...change, sign: change.signed && random.uniform() < 0.5 ? -1 : 1 }
}
