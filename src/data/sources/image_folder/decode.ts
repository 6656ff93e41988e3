import type { SourceImageFolder } from '../../../../schema/recipe.ts'
import { userError } from '../../../problem.ts'
import { luma } from '../../color.ts'
import type { Pixels } from '../../resample.ts'
import { isBmp } from './image_kind.ts'

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
    const raw = isBmp(bytes) ? await decodeBmp(bytes) : null
    const image = raw
      ? sharp(raw.data, { raw: { width: raw.width, height: raw.height, channels: 4 } })
      : sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: true })
    const { data, info } = await image
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const { height, width, channels } = info
    if (channels !== 3) throw new RangeError(`${channels} channels after the change to sRGB`)
    return colorMode === 'rgb' ? { data, height, width, channels } : { data: luma(data), height, width, channels: 1 }
  }
}

/** sharp reads no BMP. @returns height × width × 4 bytes */
const decodeBmp = async (bytes: Uint8Array): Promise<{ data: Buffer; width: number; height: number }> => {
  const { decode } = await import('bmp-ts')
  const { data, width, height, bitPP } = decode(Buffer.from(bytes), { toRGBA: true })
  if (data.length !== width * height * 4) throw new RangeError('the image is cut off')
  // Below 32 bits a pixel has no alpha; what the library leaves there means nothing.
  if (bitPP < 32 || isTransparent(data)) for (let at = 3; at < data.length; at += 4) data[at] = 255
  return { data, width, height }
}

/** Many programs write 32 bits with a fourth byte of zero, and mean an image that can be seen. */
const isTransparent = (rgba: Buffer): boolean => {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0) return false
  return true
}

/** sharp's messages go on for lines. */
export const firstLine = ({ message }: Error): string => (message.split('\n')[0] ?? '').replace(/[.:\s]+$/, '')
