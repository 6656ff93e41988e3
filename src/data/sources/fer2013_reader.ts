import type { Place, Problem } from '../../problem.ts'
import { HEADER, PIXELS, type Row, type RowFault, readRow, rowFault, USAGES } from './fer2013_row.ts'

/** All rows of a file, in its order. */
type Rows = { images: Uint8Array; labels: Uint8Array; usage: Uint8Array }

/** Reads a file piece by piece; after `end`, `problems` is empty or says what is wrong with the file. */
export type Reader = {
  problems: Problem[]
  /** @returns false once the rest of the file need not be read. */
  push: (chunk: Buffer) => boolean
  end: () => Rows
  /** Where reading has come to. */
  place: () => Place
}

/** More would hide the first; and a file that is wrong in every row must not take long. */
const MOST_PROBLEMS = 5
/** The longest right row has 9,229 bytes; a line without an end must not fill the memory. */
const LONGEST_LINE = 1 << 16
/** Of a faulty line, this many characters before the fault and in all are shown. */
const SHOWN_BEFORE = 30
const SHOWN = 80

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * A reader of FER2013's CSV form: a header `emotion,pixels,Usage`, then a row for each image. Takes LF and CRLF, a byte order mark and
 * empty lines.
 * @param file as the user named it, for the places of problems
 */
export const fer2013Reader = (file: string): Reader => {
  const problems: Problem[] = []
  const rows = rowStore()
  let lines = 0
  let rest: Buffer = Buffer.alloc(0)

  const placeOf = (text: string, index: number, length: number): Place => ({
    file,
    line: Math.max(1, lines),
    column: index + 1,
    ...windowOf(text, index),
    length: Math.min(length, SHOWN - SHOWN_BEFORE),
  })
  const report = (text: string, { index, length, ...words }: RowFault) =>
    problems.push({ severity: 'error', ...words, place: placeOf(text, index, length) })
  const keepsGoing = () => problems.length < MOST_PROBLEMS && problems[0]?.code !== 'csv_header'

  const readLine = (bytes: Buffer, ending: 'ended' | 'cut') => {
    lines++
    const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes
    if (lines === 1) return readHeader(line)
    if (line.length === 0) return
    const row = readRow(line, rows.nextPixels())
    if (row) return rows.add(row)
    const text = line.toString('latin1')
    report(text, ending === 'ended' ? rowFault(text) : lastRowFault(text))
  }

  const readHeader = (line: Buffer) => {
    const text = (line.subarray(0, 3).equals(BYTE_ORDER_MARK) ? line.subarray(3) : line).toString('latin1')
    if (text !== HEADER) report(text, headerFault(text))
  }

  const readLines = (bytes: Buffer): Buffer => {
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end >= 0 && keepsGoing(); end = bytes.indexOf(LINE_FEED, start)) {
      readLine(bytes.subarray(start, end), 'ended')
      start = end + 1
    }
    return bytes.subarray(start)
  }

  return {
    problems,
    push: (chunk) => {
      rest = readLines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]))
      if (rest.length > LONGEST_LINE && keepsGoing()) {
        lines++
        report(rest.toString('latin1', 0, SHOWN), lines === 1 ? headerFault(rest.toString('latin1', 0, SHOWN)) : LONG_LINE)
        rest = Buffer.alloc(0)
        return false
      }
      return keepsGoing()
    },
    end: () => {
      if (rest.length > 0 && keepsGoing()) readLine(rest, 'cut')
      if (problems.length === 0 && rows.count() === 0) report('', lines === 0 ? EMPTY_FILE : NO_ROWS)
      return rows.all()
    },
    place: () => placeOf('', 0, 1),
  }
}

const AGAIN = 'Download or copy the file again.'
const EMPTY_FILE: RowFault = { code: 'csv_empty', message: 'The file is empty.', hint: AGAIN, index: 0, length: 1 }
const NO_ROWS: RowFault = { code: 'csv_no_rows', message: 'The file has a header and no rows.', hint: AGAIN, index: 0, length: 1 }
const LONG_LINE: RowFault = {
  code: 'csv_line_length',
  message: `The line goes on for more than ${LONGEST_LINE} bytes; a row of ${PIXELS} pixels has at most 9229.`,
  index: 0,
  length: 1,
}

const headerFault = (text: string): RowFault => ({
  code: 'csv_header',
  message: `The header is ${JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)}; expected "${HEADER}".`,
  hint: /^\d+,\d+ /.test(text)
    ? `The first line is a row already: put "${HEADER}" above it.`
    : 'Expected is fer2013.csv as Kaggle published it, with its columns in that order.',
  index: 0,
  length: Math.max(1, text.length),
})

/** Of a last line that has no end: it may be cut off. */
const lastRowFault = (text: string): RowFault => {
  const fields = text.split(',')
  const fault = rowFault(text)
  const cutInUsage = fault.code === 'csv_usage' && USAGES.some((usage) => usage.startsWith(fields[2] ?? ''))
  if (fields.length >= 3 && !cutInUsage) return fault
  return { code: 'csv_truncated', message: 'The file ends in the middle of a row.', hint: AGAIN, index: text.length, length: 1 }
}

const windowOf = (text: string, index: number): Pick<Place, 'lineText' | 'lineTextColumn'> => {
  if (text.length <= SHOWN) return { lineText: text }
  const start = Math.max(0, Math.min(index - SHOWN_BEFORE, text.length - SHOWN))
  return { lineText: text.slice(start, start + SHOWN), lineTextColumn: start + 1 }
}

/** Images are kept in blocks, so that the number of rows need not be known. */
const ROWS_PER_BLOCK = 1024

const rowStore = () => {
  const blocks: Uint8Array[] = []
  const labels: number[] = []
  const usage: number[] = []
  const nextPixels = () => {
    const place = labels.length % ROWS_PER_BLOCK
    if (blocks.length * ROWS_PER_BLOCK === labels.length) blocks.push(new Uint8Array(ROWS_PER_BLOCK * PIXELS))
    return (blocks.at(-1) as Uint8Array).subarray(place * PIXELS, (place + 1) * PIXELS)
  }
  const add = (row: Row) => {
    labels.push(row.label)
    usage.push(row.usage)
  }
  const all = (): Rows => ({
    images: Buffer.concat(blocks, labels.length * PIXELS),
    labels: Uint8Array.from(labels),
    usage: Uint8Array.from(usage),
  })
  return { nextPixels, add, all, count: () => labels.length }
}
