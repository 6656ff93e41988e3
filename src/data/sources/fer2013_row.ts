import type { Problem } from '../../problem.ts'

/** FER2013's images are 48×48, one channel. */
export const PIXELS = 48 * 48
export const CLASSES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'] as const
export const FER2013_FORM = { imageShape: [48, 48, 1], classes: CLASSES } as const
/** In the order of `PARTS`: training, validation, test. */
export const USAGES = ['Training', 'PublicTest', 'PrivateTest'] as const
export const HEADER = 'emotion,pixels,Usage'

const COMMA = 0x2c
const SPACE = 0x20
const ZERO = 0x30

/** What a row says beside its pixels. */
export type Row = { label: number; usage: number }

/**
 * Reads one row `label,p0 p1 … p2303,Usage`. Written for speed: a row is read in a few microseconds, where csv-parse alone took 8 s for
 * the whole file.
 * @param line the bytes of the row, without the line's end
 * @param pixels where the 2304 pixels go
 * @returns null where anything is not as it must be; `rowFault` tells what
 */
export const readRow = (line: Buffer, pixels: Uint8Array): Row | null => {
  const label = (line[0] ?? 0) - ZERO
  if (label < 0 || label >= CLASSES.length || line[1] !== COMMA) return null
  const after = readPixels(line, 2, pixels)
  if (after < 0) return null
  const usage = USAGES.indexOf(line.toString('latin1', after + 1) as (typeof USAGES)[number])
  return usage < 0 ? null : { label, usage }
}

/** @returns the index of the comma after the pixels, or −1 where they are not 2304 integers 0…255 with a comma behind them. */
const readPixels = (line: Buffer, start: number, pixels: Uint8Array): number => {
  let count = 0
  let value = -1
  for (let index = start; index < line.length; index++) {
    const byte = line[index] as number
    const digit = byte - ZERO
    if (digit >= 0 && digit <= 9) {
      value = value < 0 ? digit : value * 10 + digit
      continue
    }
    if (byte !== SPACE && byte !== COMMA) return -1
    if (value > 255) return -1
    if (value >= 0) pixels[count++] = value
    if (byte === COMMA) return count === PIXELS ? index : -1
    value = -1
  }
  return -1
}

/** What is wrong with a row: the problem's words, and where in the line (0-based, UTF-16 units). */
export type RowFault = Pick<Problem, 'code' | 'message' | 'hint'> & { index: number; length: number }

/** Explains a row that `readRow` refuses: the first thing that is wrong in it, from left to right. Slow and exact. */
export const rowFault = (text: string): RowFault => {
  const fields = text.split(',')
  const [label = '', pixels = '', usage = ''] = fields
  if (fields.length !== 3)
    return {
      code: 'csv_fields',
      message: `The row has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}; expected three: ${HEADER}.`,
      ...span(0, text),
    }
  if (!/^[0-6]$/.test(label))
    return {
      code: 'csv_label',
      message: `The label is ${quoted(label)}; expected 0 to 6 (${CLASSES.map((name, index) => `${index} ${name}`).join(', ')}).`,
      ...span(0, label),
    }
  return (
    pixelFault(pixels, label.length + 1) ?? {
      code: 'csv_usage',
      message: `The usage is ${quoted(usage)}; expected ${USAGES.slice(0, -1).join(', ')} or ${USAGES.at(-1)}.`,
      ...span(label.length + pixels.length + 2, usage),
    }
  )
}

const pixelFault = (pixels: string, start: number): RowFault | null => {
  let count = 0
  for (const { 0: token, index } of pixels.matchAll(/[^ ]+/g)) {
    if (!/^\d+$/.test(token) || Number(token) > 255)
      return {
        code: 'csv_pixel',
        message: `Pixel ${count + 1} is ${quoted(token)}; expected an integer from 0 to 255.`,
        ...span(start + index, token),
      }
    count++
  }
  if (count === PIXELS) return null
  return {
    code: 'csv_pixel_count',
    message: `The row has ${count} pixels; expected ${PIXELS} (48×48).`,
    ...span(start, pixels),
  }
}

const span = (index: number, text: string) => ({ index, length: Math.max(1, text.length) })
const quoted = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)
