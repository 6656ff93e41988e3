import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { unpacked } from '../../../../src/data/sources/unpacked/unpacked.ts'
import { UserError } from '../../../../src/problem.ts'
import { temporaryFolder } from '../../temporary_folder.ts'
import { csv, tinyRows } from '../../tiny_csv.ts'
import { storedZip } from './stored_zip.ts'

const text = csv(tinyRows(4))
const place = () => ({ file: 'x', line: 3, column: 1, length: 1, lineText: '' })

const tar = async (files: Readonly<Record<string, string>>): Promise<Buffer> => {
  const archive = pack()
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content)
  archive.finalize()
  const pieces: Buffer[] = []
  for await (const piece of archive) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const read = async (name: string, content: string | Buffer, member?: string): Promise<string> => {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, content)
  const pieces: Buffer[] = []
  for await (const piece of unpacked(path, { member, onRead: () => {}, place })) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
const problemOf = async (name: string, content: string | Buffer, member?: string): Promise<string> => {
  const error = await read(name, content, member).catch((thrown: unknown) => thrown)
  if (!(error instanceof UserError)) throw error
  return error.problems.map(({ code, message, hint }) => `${code}: ${message} ${hint}`.replace(/\/\S+\//g, '')).join('\n')
}

describe('a table is unpacked by what it is, not by its name', () => {
  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ['a.csv', () => Buffer.from(text)],
    ['a.csv', () => gzipSync(text)],
    ['a', () => gzipSync(text)],
    ['a.csv.br', () => brotliCompressSync(text)],
    ['a.tar.gz', async () => gzipSync(await tar({ 'fer2013/README': 'hello', 'fer2013/fer2013.csv': text }))],
    ['a.dat', async () => tar({ 'a.csv': text, 'b.txt': 'x' })],
    ['a.zip', () => storedZip({ 'x/readme.md': 'hello', 'x/a.csv': text })],
    ['a.bin', () => storedZip({ 'train.csv': 'no', 'test.csv': 'no', 'fer2013.csv': text })],
    ['a.zip', () => storedZip({ '__MACOSX/a.csv': 'no', '.a.csv': 'no', 'a.csv': text })],
    ['a.zip', async () => storedZip({ 'fer2013.csv': gzipSync(text) })],
  ])('%s', async (name, content) => {
    expect(await read(name, await content())).toBe(text)
  })

  test('the file that is named', async () => {
    const zip = storedZip({ 'd/train.csv': 'one', 'd/test.csv': text })
    expect([await read('a.zip', zip, 'test.csv'), await read('a.zip', zip, 'd/train.csv')]).toEqual([text, 'one'])
    expect(await read('a.tar', await tar({ 'train.csv': 'one', 'test.csv': text }), 'test.csv')).toBe(text)
  })

  test.runIf(spawnSync('zip', ['--version']).status === 0)('what the zip program packs', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'fer2013.csv'), text)
    spawnSync('zip', ['a.zip', 'fer2013.csv'], { cwd: folder })
    const pieces: Buffer[] = []
    for await (const piece of unpacked(join(folder, 'a.zip'), { onRead: () => {}, place })) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toBe(text)
  })
})

describe('what is no table is called by its name', () => {
  test.each<[string, string | Buffer, string]>([
    [
      'a.csv',
      '<!DOCTYPE html><html>Sign in</html>',
      'data_kind: a.csv is a web page; expected a CSV file, plain or packed. Most likely one that asks to sign in: download the file itself, signed in, in a browser.',
    ],
    [
      'a.csv',
      gzipSync('  <html>'),
      'data_kind: a.csv is a web page; expected a CSV file, plain or packed. Most likely one that asks to sign in: download the file itself, signed in, in a browser.',
    ],
    [
      'a.csv',
      Buffer.from('377abcaf271c0004', 'hex'),
      'data_kind: a.csv is a 7-Zip archive; expected a CSV file, plain or packed. Unpack it first (7z x), or pack it as .zip.',
    ],
    [
      'a.csv',
      Buffer.from('Rar!\x1a'),
      'data_kind: a.csv is a RAR archive; expected a CSV file, plain or packed. Unpack it first (unrar x), or pack it as .zip.',
    ],
    [
      'a.csv',
      Buffer.from('fd377a585a0000', 'hex'),
      'data_kind: a.csv is an xz archive; expected a CSV file, plain or packed. Unpack it first (unxz), or pack it as .gz, .zip or .tar.gz.',
    ],
    [
      'a.csv',
      'BZh91AY',
      'data_kind: a.csv is a bzip2 archive; expected a CSV file, plain or packed. Unpack it first (bunzip2), or pack it as .gz, .zip or .tar.gz.',
    ],
    [
      'a.csv',
      Buffer.from('28b52ffd00', 'hex'),
      'data_kind: a.csv is a Zstandard archive; expected a CSV file, plain or packed. Unpack it first (unzstd), or pack it as .gz, .zip or .tar.gz.',
    ],
    [
      'a.csv',
      'version https://git-lfs.github.com/spec/v1\noid',
      'data_kind: a.csv is a pointer of Git LFS, not the file; expected a CSV file, plain or packed. Get the file: git lfs pull.',
    ],
    [
      'a.csv',
      Buffer.from('\ufeffemotion', 'utf16le'),
      'data_kind: a.csv is text in UTF-16; expected a CSV file, plain or packed. Save it as CSV in UTF-8.',
    ],
    ['a.csv', '%PDF-1.7', 'data_kind: a.csv is a PDF document; expected a CSV file, plain or packed. Name the table itself, as CSV.'],
    [
      'a.csv',
      Buffer.from('89504e470d0a', 'hex'),
      'data_kind: a.csv is an image; expected a CSV file, plain or packed. For a folder of images, use dataset: { kind: image_folder }.',
    ],
    [
      'a.csv',
      Buffer.from('894844460d0a', 'hex'),
      'data_kind: a.csv is an HDF5 file; expected a CSV file, plain or packed. Save its table as CSV.',
    ],
    ['a.csv', 'PAR1\x15', 'data_kind: a.csv is a Parquet file; expected a CSV file, plain or packed. Save it as CSV.'],
    [
      'a.xlsx',
      storedZip({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }),
      'data_kind: a.xlsx is a workbook of a spreadsheet program, not a CSV file. Save the sheet as CSV (UTF-8).',
    ],
    [
      'a.zip',
      storedZip({ 'a/1.png': '', 'a/2.png': '' }),
      'archive_member: The archive a.zip has no CSV file in it, only a/1.png, a/2.png. Name an archive that has one.',
    ],
    ['a.zip', storedZip({}), 'archive_member: The archive a.zip has no CSV file in it, and nothing else. Name an archive that has one.'],
    [
      'a.zip',
      storedZip({ 'train.csv': '', 'test.csv': '' }),
      'archive_member: The archive a.zip has 2 tables: train.csv, test.csv. Name the one that is meant: dataset.member: train.csv',
    ],
    [
      'a.gz',
      gzipSync(storedZip({ 'a.csv': '' })),
      'data_kind: a.gz is a zip archive in another archive; expected a CSV file, plain or packed. Unpack the outer one first.',
    ],
  ])('%s: %j', async (name, content, problem) => expect(await problemOf(name, content)).toBe(problem))

  test('several tables in a tar, and one that is not there', async () => {
    const archive = await tar({ 'train.csv': 'x', 'test.csv': 'y' })
    expect(await problemOf('a.tar', archive)).toMatch('archive_member: The archive a.tar has 2 tables: train.csv, test.csv.')
    expect(await problemOf('a.tar', archive, 'fer.csv')).toMatch(
      'archive_member: The archive a.tar has no file fer.csv in it, only train.csv, test.csv.',
    )
  })
})

describe('a packed file that is cut off', () => {
  test('is refused wherever it is cut, never read in part', async () => {
    const [zip, gzip, tgz] = [storedZip({ 'a.csv': text }), gzipSync(text), gzipSync(await tar({ 'a.csv': text }))]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(['a.zip', zip] as const, ['a.gz', gzip] as const, ['a.tgz', tgz] as const),
        fc.double({ min: 0.1, max: 0.99, noNaN: true }),
        async ([name, bytes], share) => {
          const cut = bytes.subarray(0, Math.floor(bytes.length * share))
          expect(await problemOf(name, cut)).toMatch(
            /^data_compression: a\.\w+ cannot be unpacked \(.+\): it is damaged, cut off, or not a \w+ file/,
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})
