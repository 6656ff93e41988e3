import { open } from 'node:fs/promises'
import { extname } from 'node:path'

/** The kinds that are read, by the usual endings of their names. */
export const KINDS = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff']

/** Other endings of the same kinds. */
const ALSO = ['.jfif', '.jpe', '.dib', '.apng']

/** Images too, of kinds that are not read: to leave them out silently would be to train on something else than is there. */
const OTHER_KINDS = ['.heic', '.heif', '.avif', '.jp2', '.jxl', '.ppm', '.pgm', '.pbm', '.svg', '.psd', '.tga', '.dng', '.cr2', '.nef']

/** The ending of a file's name, in small letters. */
export const endingOf = (path: string): string => extname(path).toLowerCase()

export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d

/** What a file is: an image, an image of a kind that is not read, or something else. What its name does not show, its first bytes do. */
export const fileKind = async (path: string): Promise<'image' | 'other_image' | 'other'> => {
  const ending = endingOf(path)
  if (KINDS.includes(ending) || ALSO.includes(ending)) return 'image'
  if (OTHER_KINDS.includes(ending)) return 'other_image'
  const file = await open(path).catch(() => null)
  if (!file) return 'other'
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
    return looksLikeImage(buffer.subarray(0, bytesRead)) ? 'image' : 'other'
  } catch {
    return 'other'
  } finally {
    await file.close()
  }
}

const STARTS: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x49, 0x49, 0x2a, 0x00], // TIFF
  [0x4d, 0x4d, 0x00, 0x2a], // TIFF
]

/** Whether a file's first bytes are those of an image that can be read. A BMP's two letters are too few to recognize a file without its ending. */
const looksLikeImage = (head: Buffer): boolean =>
  STARTS.some((start) => start.every((byte, at) => head[at] === byte)) ||
  (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') ||
  (isBmp(head) && head.length >= 10 && head.readUInt32LE(6) === 0)
