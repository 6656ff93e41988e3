import type { Problem } from '../../../problem.ts'
import { partOfName } from '../../part_words.ts'
import { type Columns, unquoted } from './columns.ts'

/** FER2013's images are 48×48, one channel. */
export const PIXELS = 48 * 48
export const CLASSES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'] as const
export const FER2013_FORM = { imageShape: [48, 48, 1], classes: CLASSES } as const
/** In the order of `PARTS`: training, validation, test. */
export const USAGES = ['Training', 'PublicTest', 'PrivateTest'] as const

const SPACE = 0x20
const QUOTE = 0x22
const ZERO = 0x30

/** What a row says beside its pixels: a label, a usage and a group as they are written, or '' where there is no such column. */
export type Row = { label: string; usage: string; group: string }

/**
 * Reads one row. Written for speed: a row is read in a few microseconds, where csv-parse alone took 8 s for the whole file.
 * @param line the bytes of the row, without the line's end
 * @param pixels where the 2304 pixels go
 * @returns null where anything is not as it must be; `rowFault` says what
 */
export const readRow = (line: Buffer, columns: Columns, pixels: Uint8Array): Row | null => {
  const { delimiter, count } = columns
  const row = { label: '', usage: '', group: '' }
  let at = 0
  for (let column = 0; column < count; column++) {
    const end = column === columns.pixels ? readPixels(line, at, { delimiter, pixels }) : fieldEnd(line, at, delimiter)
    if (end < 0 || (column < count - 1 ? end >= line.length : end !== line.length)) return null
    if (column === columns.label) row.label = textOf(line, at, end)
    else if (column === columns.usage) row.usage = textOf(line, at, end)
    else if (column === columns.group) row.group = textOf(line, at, end)
    at = end + 1
  }
  return row.label === '' || (columns.usage >= 0 && !isUsage(row.usage)) ? null : row
}

const textOf = (line: Buffer, from: number, to: number): string => {
  if (to - from === 1) return String.fromCharCode(line[from] as number)
  return unquoted(line.toString('utf8', from, to))
}

/** Known words, and those that are asked for again. */
const usages = new Map<string, boolean>(USAGES.map((usage) => [usage, true]))
const isUsage = (text: string): boolean => {
  const known = usages.get(text)
  if (known !== undefined) return known
  const isKnown = partOfName(text) !== null
  if (usages.size < 1000) usages.set(text, isKnown)
  return isKnown
}

/** @returns the index of the delimiter behind a field, or the line's length */
const fieldEnd = (line: Buffer, from: number, delimiter: number): number => {
  let quoted = false
  for (let at = from; at < line.length; at++) {
    const byte = line[at]
    if (byte === QUOTE) quoted = !quoted
    else if (byte === delimiter && !quoted) return at
  }
  return line.length
}

/** @returns the index of the delimiter behind the pixels, or −1 where they are not 2304 integers 0…255, in quotes or not */
const readPixels = (line: Buffer, from: number, { delimiter, pixels }: { delimiter: number; pixels: Uint8Array }): number => {
  const isQuoted = line[from] === QUOTE
  const stop = isQuoted ? QUOTE : delimiter
  let count = 0
  let value = -1
  let index = isQuoted ? from + 1 : from
  for (; index < line.length; index++) {
    const byte = line[index] as number
    const digit = byte - ZERO
    if (digit >= 0 && digit <= 9) {
      value = value < 0 ? digit : value * 10 + digit
      continue
    }
    if (value > 255 || (byte !== SPACE && byte !== stop)) return -1
    if (value >= 0) pixels[count++] = value
    value = -1
    if (byte === stop) break
  }
  if (index === line.length) {
    if (isQuoted || value > 255) return -1
    if (value >= 0) pixels[count++] = value
  }
  return count === PIXELS ? (isQuoted ? index + 1 : index) : -1
}

/** What is wrong with a row: the problem's words, and where in the line (0-based, UTF-16 units). */
export type RowFault = Pick<Problem, 'code' | 'message' | 'hint'> & { index: number; length: number }

/** Explains a row that `readRow` refuses: the first thing that is wrong in it, from left to right. Slow and exact. */
export const rowFault = (text: string, columns: Columns): RowFault => {
  const fields = fieldsOf(text, String.fromCharCode(columns.delimiter))
  if (fields.length !== columns.count)
    return {
      code: 'csv_fields',
      message: `The row has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}; the header has ${columns.count}.`,
      ...span(0, text),
    }
  for (const [column, { index, raw }] of fields.entries()) {
    const field = unquoted(raw)
    if (column === columns.label && field === '')
      return { code: 'csv_label', message: 'The label is ""; expected a number or a word.', ...span(index, raw) }
    if (column === columns.usage && !isUsage(field)) return usageFault(field, { index, raw })
    if (column !== columns.pixels) continue
    const quote = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1
    const fault = quote ? pixelFault(raw.slice(1, -1), index + 1) : pixelFault(raw, index)
    if (fault) return fault
  }
  return { code: 'csv_fields', message: 'The row cannot be read.', ...span(0, text) }
}

const usageFault = (field: string, { index, raw }: { index: number; raw: string }): RowFault => ({
  code: 'csv_usage',
  message: `The usage is ${quoted(field)}; expected ${USAGES.slice(0, -1).join(', ')} or ${USAGES.at(-1)}, or another word for training, validation or test.`,
  ...span(index, raw),
})

type Field = { index: number; raw: string }

const fieldsOf = (text: string, delimiter: string): Field[] => {
  const fields: Field[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    if (at < text.length && (isQuoted || text[at] !== delimiter)) continue
    fields.push({ index: start, raw: text.slice(start, at) })
    start = at + 1
  }
  return fields
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
