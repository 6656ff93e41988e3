import type { SourceImageFolder } from '../../../../schema/recipe.ts'
import { userError } from '../../../problem.ts'
import type { Pixels } from './resample.ts'

type ColorMode = SourceImageFolder['color_mode']

/** Opens image files. Loads sharp, which takes a while: not before images are read. @throws UserError where sharp cannot be loaded */
export const openDecoder = async (): Promise<(bytes: Uint8Array, colorMode: ColorMode) => Promise<Pixels>> => {
  const { default: sharp } = await import('sharp').catch((error: Error) => {
    throw userError({
      code: 'image_library',
      message: `Image files cannot be read: sharp does not start here (${firstLine(error)}).`,
      hint: 'Install the packages again with npm ci, without --omit=optional.',
    })
  })
  /**
   * All pixels of an image, as a viewer shows them: turned as the camera noted, over white where it is transparent, the first of several
   * pictures. @throws Error where the bytes are no image, or only part of one
   */
  return async (bytes, colorMode) => {
    const image = sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    const { height, width, channels } = info
    if (channels !== 3) throw new RangeError(`${channels} channels after the change to sRGB`)
    return colorMode === 'rgb' ? { data, height, width, channels } : { data: luma(data), height, width, channels: 1 }
  }
}

/** Pillow's conversion to `L`, so that of Keras' `color_mode="grayscale"`: ITU-R 601-2, in whole 2⁻¹⁶. */
const luma = (rgb: Uint8Array): Uint8Array => {
  const gray = new Uint8Array(rgb.length / 3)
  for (let at = 0, from = 0; at < gray.length; at++, from += 3)
    gray[at] = ((rgb[from] as number) * 19595 + (rgb[from + 1] as number) * 38470 + (rgb[from + 2] as number) * 7471 + 0x8000) >> 16
  return gray
}

/** sharp's messages go on for lines. */
export const firstLine = ({ message }: Error): string => (message.split('\n')[0] ?? '').replace(/[.:\s]+$/, '')
