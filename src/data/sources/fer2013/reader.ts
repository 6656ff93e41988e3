import type { Place, Problem } from '../../../problem.ts'
import { type Columns, readHeader } from './columns.ts'
import type { SeenLabel } from './labels.ts'
import { PIXELS, type Row, type RowFault, readRow, rowFault, USAGES } from './row.ts'

/** All rows of a file, in its order; label, usage and group are numbers of what is written, in the order in which it was seen. */
export type Rows = {
  images: Uint8Array
  labels: Int32Array
  seenLabels: readonly SeenLabel[]
  /** Numbers of `usageNames`, or null where the file has no such column. */
  usage: Uint8Array | null
  usageNames: readonly string[]
  groups: Int32Array | null
}

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

/** Kaggle's header. */
const HEADER = 'emotion,pixels,Usage'

export type ReaderOptions = {
  /** As the user named it, for the places of problems. */
  file: string
  /** Name of the column that says of whom an image is, where it is wanted. */
  group?: string | undefined
}

/**
 * A reader of FER2013's CSV form and its relatives: a header that names the columns (labels, pixels, and Usage where there is one) in any
 * order, then a row for each image. Takes LF and CRLF, a byte order mark, empty lines, fields in quotes, commas, semicolons and tabs.
 */
export const fer2013Reader = ({ file, group }: ReaderOptions): Reader => {
  const problems: Problem[] = []
  const rows = rowStore()
  let columns: Columns | undefined
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
    if (!columns) return startWith(line)
    if (line.length === 0) return
    const row = readRow(line, columns, rows.nextPixels())
    if (row && ending === 'ended') return rows.add(row, columns, () => placeOf(line.toString('utf8'), 0, row.label.length))
    const text = line.toString('utf8')
    if (row && rows.beginsUsage(row.usage)) return report(text, truncated(text))
    if (row) return rows.add(row, columns, () => placeOf(text, 0, row.label.length))
    report(text, ending === 'ended' ? rowFault(text, columns) : lastRowFault(text, columns))
  }

  const startWith = (line: Buffer) => {
    const text = (line.subarray(0, 3).equals(BYTE_ORDER_MARK) ? line.subarray(3) : line).toString('utf8')
    const found = readHeader(text, { group })
    if ('missing' in found) report(text, headerFault(text, found.missing))
    else columns = found
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
        const text = rest.toString('utf8', 0, SHOWN)
        report(text, lines === 1 ? headerFault(text, 'no end of the first line') : LONG_LINE)
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

const headerFault = (text: string, missing: string): RowFault => ({
  code: 'csv_header',
  message: `The header is ${JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)}: ${missing}.`,
  hint: /^\d+,"?\d+ /.test(text)
    ? `The first line is a row already: put a header above it that names the columns, as "${HEADER}".`
    : 'Needed are a column "emotion" (or "label") and a column "pixels", in any order; "Usage" may be there too.',
  index: 0,
  length: Math.max(1, text.length),
})

/** Of a last line that has no end: it may be cut off. */
const lastRowFault = (text: string, columns: Columns): RowFault => {
  const fields = text.split(String.fromCharCode(columns.delimiter))
  const fault = rowFault(text, columns)
  const cutInUsage = fault.code === 'csv_usage' && USAGES.some((usage) => usage.startsWith(fields[columns.usage] ?? ''))
  const cutInPixels = fault.code === 'csv_pixel_count' && columns.pixels === columns.count - 1
  if (fields.length >= columns.count && !cutInUsage && !cutInPixels) return fault
  return truncated(text)
}

const truncated = (text: string): RowFault => ({
  code: 'csv_truncated',
  message: 'The file ends in the middle of a row.',
  hint: AGAIN,
  index: text.length,
  length: 1,
})

const windowOf = (text: string, index: number): Pick<Place, 'lineText' | 'lineTextColumn'> => {
  if (text.length <= SHOWN) return { lineText: text }
  const start = Math.max(0, Math.min(index - SHOWN_BEFORE, text.length - SHOWN))
  return { lineText: text.slice(start, start + SHOWN), lineTextColumn: start + 1 }
}

/** Images are kept in blocks, so that the number of rows need not be known. */
const ROWS_PER_BLOCK = 1024

const rowStore = () => {
  const blocks: Uint8Array[] = []
  const [labels, usage, groups]: [number[], number[], number[]] = [[], [], []]
  const [labelNumbers, groupNumbers] = [new Map<string, number>(), new Map<string, number>()]
  const usageNumbers = new Map<string, number>(USAGES.map((name, number) => [name, number]))
  const seenLabels: SeenLabel[] = []
  let has = { usage: false, group: false }

  const nextPixels = () => {
    const place = labels.length % ROWS_PER_BLOCK
    if (blocks.length * ROWS_PER_BLOCK === labels.length) blocks.push(new Uint8Array(ROWS_PER_BLOCK * PIXELS))
    return (blocks.at(-1) as Uint8Array).subarray(place * PIXELS, (place + 1) * PIXELS)
  }
  const add = (row: Row, columns: Columns, place: () => Place) => {
    has = { usage: columns.usage >= 0, group: columns.group >= 0 }
    if (!labelNumbers.has(row.label)) seenLabels.push({ text: row.label, place: place() })
    labels.push(numberOf(labelNumbers, row.label))
    usage.push(has.usage ? numberOf(usageNumbers, row.usage) : 0)
    groups.push(numberOf(groupNumbers, row.group))
  }
  /** Whether a word is only the beginning of one that rows have had so far, or, in the first row, could have. */
  const beginsUsage = (text: string): boolean => {
    const seen = [...usageNumbers].filter(([, number]) => labels.length === 0 || usage.includes(number)).map(([name]) => name)
    return text !== '' && !seen.includes(text) && seen.some((name) => name.startsWith(text))
  }
  const all = (): Rows => ({
    images: Buffer.concat(blocks, labels.length * PIXELS),
    labels: Int32Array.from(labels),
    seenLabels,
    usage: has.usage ? Uint8Array.from(usage) : null,
    usageNames: has.usage ? [...usageNumbers.keys()] : [],
    groups: has.group ? Int32Array.from(groups) : null,
  })
  return { nextPixels, add, beginsUsage, all, count: () => labels.length }
}

const numberOf = (numbers: Map<string, number>, text: string): number => {
  const known = numbers.get(text)
  if (known !== undefined) return known
  numbers.set(text, numbers.size)
  return numbers.size - 1
}
