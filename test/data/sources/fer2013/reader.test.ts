import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fer2013Reader } from '../../../../src/data/sources/fer2013/reader.ts'
import { readRow, rowFault } from '../../../../src/data/sources/fer2013/row.ts'
import { csv, tinyRow, tinyRows } from '../../tiny_csv.ts'

const COLUMNS = { delimiter: 0x2c, count: 3, label: 0, pixels: 1, usage: 2, group: -1 }

const read = (text: string | Buffer, pieceBytes = 1 << 20) => {
  const reader = fer2013Reader({ file: 'faces.csv' })
  const bytes = Buffer.from(text as string)
  for (let at = 0; at < bytes.length; at += pieceBytes) if (!reader.push(bytes.subarray(at, at + pieceBytes))) break
  return { rows: reader.end(), problems: reader.problems }
}
const problemsOf = (text: string) =>
  read(text).problems.map(({ code, message, place }) => `${place?.file}:${place?.line}:${place?.column} ${code} ${message}`)

describe('a right file', () => {
  const rows = tinyRows(5)

  test('gives images, labels and usage in the order of the rows', () => {
    const { rows: found, problems } = read(csv(rows))
    expect(problems).toEqual([])
    expect([...found.labels]).toEqual([0, 1, 2, 3, 4])
    expect([...(found.usage ?? [])]).toEqual([0, 1, 2, 0, 1])
    expect(found.images.length).toBe(5 * 2304)
    expect([...found.images.subarray(2304, 2310)]).toEqual([1, 2, 3, 4, 5, 6])
  })

  test.each([
    { form: 'CRLF', text: csv(rows, '\r\n') },
    { form: 'a byte order mark', text: `\uFEFF${csv(rows)}` },
    { form: 'no line end at the end', text: csv(rows).trimEnd() },
    { form: 'CRLF and no line end at the end', text: csv(rows, '\r\n').trimEnd() },
    { form: 'empty lines', text: `${csv(rows)}\n\r\n` },
    { form: 'double spaces', text: csv(rows).replaceAll(' ', '  ') },
    { form: 'quotes round the pixels', text: csv(rows.map((row) => row.replace(/,(.*),/, ',"$1",'))) },
    { form: 'quotes round everything', text: csv(rows).replace(/^([^,\n]+),(.+),([^,\n]+)$/gm, '"$1","$2","$3"') },
    { form: 'semicolons', text: csv(rows).replaceAll(',', ';') },
    { form: 'tabs', text: csv(rows).replaceAll(',', '\t') },
    {
      form: 'another order, spaces in the header',
      text: csv(rows)
        .replace('emotion,pixels,Usage', 'emotion, Usage, pixels')
        .replace(/^(\d),(.+),(\w+)$/gm, '$1,$3,$2'),
    },
    {
      form: 'a column of row numbers',
      text: csv(rows)
        .replace(/^(e)/, ',$1')
        .replace(/^(\d,)/gm, '17,$1'),
    },
    { form: 'other names', text: csv(rows).replace('emotion,pixels,Usage', 'Label,PIXELS,split') },
    { form: 'numbers with a point', text: csv(rows).replace(/^(\d),/gm, '$1.0,') },
  ])('$form is accepted', ({ text }) => {
    const { rows: found, problems } = read(text)
    const { rows: usual } = read(csv(rows))
    expect(problems).toEqual([])
    expect([found.images, found.labels, found.usage]).toEqual([usual.images, usual.labels, usual.usage])
  })

  test('may be without Usage', () => {
    const { rows: found, problems } = read(csv(rows).replace(/,[^,]+$/gm, ''))
    expect([problems, found.usage, found.labels.length]).toEqual([[], null, 5])
  })

  test('is read the same in pieces of any size', () => {
    const whole = read(csv(rows))
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 30_000 }), (pieceBytes) => {
        expect(read(csv(rows), pieceBytes)).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  test('of more rows than a block keeps them all', () => {
    const { rows: found } = read(csv(Array(2050).fill(tinyRow(6, 9))))
    expect(found.images.length).toBe(2050 * 2304)
    expect([found.images.at(0), found.images.at(1024 * 2304), found.images.at(2049 * 2304)]).toEqual([9, 9, 9])
  })
})

describe('a broken file is refused with the place and the reason', () => {
  const good = tinyRow(3, 0)
  const pixels = good.split(',')[1] as string

  test.each<[string, string, string]>([
    ['empty', '', 'faces.csv:1:1 csv_empty The file is empty.'],
    ['only a header', csv([]), 'faces.csv:1:1 csv_no_rows The file has a header and no rows.'],
    ['no labels', 'pixels\n1 2\n', 'faces.csv:1:1 csv_header The header is "pixels": no column of labels ("emotion").'],
    ['no pixels', 'id,emotion\n1,2\n', 'faces.csv:1:1 csv_header The header is "id,emotion": no column "pixels".'],
    ['a quote that is not closed', csv([good.replace('3,', '"3,')]), 'faces.csv:2:1 csv_fields The row has 1 field; the header has 3.'],
    [
      'a usage of no part',
      csv([good.replace('Training', 'Sunday')]),
      `faces.csv:2:${good.length - 7} csv_usage The usage is "Sunday"; expected Training, PublicTest or PrivateTest, or another word for training, validation or test.`,
    ],
    [
      'one pixel too few',
      csv([good, good.replace(' 1 ', ' ')]),
      'faces.csv:3:3 csv_pixel_count The row has 2303 pixels; expected 2304 (48×48).',
    ],
    [
      'one pixel too many',
      csv([good.replace(' 1 ', ' 1 1 ')]),
      'faces.csv:2:3 csv_pixel_count The row has 2305 pixels; expected 2304 (48×48).',
    ],
    ['no pixels', csv(['3,,Training']), 'faces.csv:2:3 csv_pixel_count The row has 0 pixels; expected 2304 (48×48).'],
    ['pixel 256', csv([good.replace(' 7 ', ' 256 ')]), 'faces.csv:2:17 csv_pixel Pixel 8 is "256"; expected an integer from 0 to 255.'],
    [
      'huge pixel',
      csv([good.replace(' 7 ', ` ${'9'.repeat(400)} `)]),
      `faces.csv:2:17 csv_pixel Pixel 8 is "${'9'.repeat(39)}…"; expected an integer from 0 to 255.`,
    ],
    ['negative pixel', csv([good.replace(' 7 ', ' -7 ')]), 'faces.csv:2:17 csv_pixel Pixel 8 is "-7"; expected an integer from 0 to 255.'],
    ['fraction', csv([good.replace(' 7 ', ' 7.5 ')]), 'faces.csv:2:17 csv_pixel Pixel 8 is "7.5"; expected an integer from 0 to 255.'],
    [
      'tab between pixels',
      csv([good.replace(' 7 ', ' 7\t')]),
      'faces.csv:2:17 csv_pixel Pixel 8 is "7\\t8"; expected an integer from 0 to 255.',
    ],
    ['no label', csv([`,${pixels},Training`]), 'faces.csv:2:1 csv_label The label is ""; expected a number or a word.'],
    ['two fields', csv([`3,${pixels}`]), 'faces.csv:2:1 csv_fields The row has 2 fields; the header has 3.'],
    ['four fields', csv([`${good},x`]), 'faces.csv:2:1 csv_fields The row has 4 fields; the header has 3.'],
    [
      'cut in the pixels',
      csv([good, good]).slice(0, -4000),
      `faces.csv:3:${good.length + 2 - 4000} csv_truncated The file ends in the middle of a row.`,
    ],
    ['cut in the usage', csv([good]).slice(0, -4), `faces.csv:2:${good.length - 2} csv_truncated The file ends in the middle of a row.`],
    [
      'wrong pixel in a last line without an end',
      csv([good.replace(' 7 ', ' 256 ')]).trimEnd(),
      'faces.csv:2:17 csv_pixel Pixel 8 is "256"; expected an integer from 0 to 255.',
    ],
    [
      'not text at all',
      '\x00'.repeat(70_000),
      `faces.csv:1:1 csv_header The header is ${JSON.stringify(`${'\x00'.repeat(59)}…`)}: no end of the first line.`,
    ],
    [
      'a row without an end',
      `${csv([good])}${'1 '.repeat(40_000)}`,
      'faces.csv:3:1 csv_line_length The line goes on for more than 65536 bytes; a row of 2304 pixels has at most 9229.',
    ],
  ])('%s', (_name, text, problem) => expect(problemsOf(text)).toEqual([problem]))

  test('the first five problems are told at once, and the rest is not read', () => {
    const reader = fer2013Reader({ file: 'faces.csv' })
    const bad = csv(Array.from({ length: 9 }, (_, row) => `3,${row},Training`))
    expect(reader.push(Buffer.from(bad))).toBe(false)
    expect(reader.problems.map(({ place }) => place?.line)).toEqual([2, 3, 4, 5, 6])
  })

  test('of a long line the part around the fault is shown', () => {
    const { place } = read(csv([good.replace(' 255 0 ', ' 255 x ')])).problems[0] ?? {}
    expect(place).toMatchObject({ line: 2, length: 1 })
    expect(place?.lineText[place.column - (place.lineTextColumn ?? 1)]).toBe('x')
    expect(place?.lineText).toContain(' 254 255 x 1 2 ')
    expect(place?.lineText.length).toBe(80)
  })

  test('whatever the fast reader refuses, the slow one explains, inside the line', () => {
    const row = fc.tuple(fc.nat(tinyRow(3, 0).length - 1), fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 3 }))
    fc.assert(
      fc.property(row, ([at, removed, inserted]) => {
        const text = Buffer.from(`${good.slice(0, at)}${inserted}${good.slice(at + removed)}`, 'latin1').toString('latin1')
        if (readRow(Buffer.from(text, 'latin1'), COLUMNS, new Uint8Array(2304))) return
        const { code, message, index, length } = rowFault(text, COLUMNS)
        expect(message).not.toBe('')
        expect(code).toMatch(/^csv_/)
        expect(index + length).toBeLessThanOrEqual(Math.max(text.length, index + 1))
        if (code === 'csv_usage') expect(['Training', 'PublicTest', 'PrivateTest']).not.toContain(text.split(',')[2])
        expect(message).not.toBe('The row cannot be read.')
      }),
      { numRuns: 500 },
    )
  })
})
