// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the recipe language writes variables of the environment so.
import { createHash } from 'node:crypto'
import { readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { describeSource, loadDataset } from '../../src/data/load_dataset.ts'
import { UserError } from '../../src/problem.ts'
import { temporaryFolder } from './temporary_folder.ts'
import { csv, tinyRow, tinyRows } from './tiny_csv.ts'

const text = csv(tinyRows(21))
const source = (path: string) => ({ kind: 'fer2013_csv', path }) as const
const codes = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error) => (error instanceof UserError ? error.problems.map(({ code }) => code) : Promise.reject(error)),
  )

/** A folder with a file in it, and options that keep the cache in the folder too. */
const folderWith = async (name: string, content: string | Buffer) => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, name), content)
  return { folder, path: join(folder, 'faces.csv'), options: { cacheDir: join(folder, 'cache'), env: {} } }
}

describe('a CSV file', () => {
  test.each([
    { name: 'faces.csv', content: text },
    { name: 'faces.csv.gz', content: gzipSync(text) },
    { name: 'faces.csv.br', content: brotliCompressSync(text) },
  ])('$name is found under its plain name', async ({ name, content }) => {
    const { folder, path, options } = await folderWith(name, content)
    const dataset = await loadDataset(source(path), options)
    expect(dataset).toMatchObject({
      kind: 'fer2013_csv',
      synthetic: false,
      path: join(folder, name),
      md5: createHash('md5').update(text).digest('hex'),
      imageShape: [48, 48, 1],
      classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
    })
    expect(dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([dataset.images.length, dataset.labels.length, dataset.usage?.length]).toEqual([21 * 2304, 21, 21])
    const bytes = Buffer.concat([dataset.images, dataset.labels, dataset.usage ?? Buffer.alloc(0)])
    expect(dataset.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('is named by a variable of the environment', async () => {
    const { path, options } = await folderWith('faces.csv', text)
    const dataset = await loadDataset(source('${FER2013:-elsewhere.csv}'), { ...options, env: { FER2013: path } })
    expect(dataset.path).toBe(path)
  })

  test('tells how far it has come', async () => {
    const { path, options } = await folderWith('faces.csv', text)
    const told: unknown[] = []
    await loadDataset(source(path), { ...options, onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toEqual({ phase: 'reading', done: text.length, total: text.length })
  })

  test('of another MD5 than the recipe wants is refused, from the cache too', async () => {
    const { path, options } = await folderWith('faces.csv', text)
    const wanted = { ...source(path), md5: '0'.repeat(32) }
    await expect(loadDataset(wanted, options)).rejects.toThrow(/its MD5 is [0-9a-f]{32}, expected 0{32}/)
    expect(await codes(loadDataset(wanted, options))).toEqual(['data_md5'])
    expect(await codes(describeSource(wanted, options))).toEqual(['data_md5'])
  })

  test('that is broken says so with file and line, and is not kept', async () => {
    const { path, options } = await folderWith('faces.csv', `${text}3,1 2 3,Training\n4,1 2 3,Training\n`)
    const error = await loadDataset(source(path), options).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(error.problems).toMatchObject([
      { code: 'csv_pixel_count', place: { file: path, line: 23, column: 3 } },
      { code: 'csv_pixel_count', place: { file: path, line: 24, column: 3 } },
    ])
    expect(await describeSource(source(path), options)).toBeNull()
  })

  const noise = csv(Array.from({ length: 60 }, (_, row) => tinyRow(row % 7, row * row)))
  test.each([
    { name: 'faces.csv.gz', content: gzipSync(noise).subarray(0, -300), says: 'cut off gzip' },
    { name: 'faces.csv.br', content: brotliCompressSync(noise).subarray(0, -300), says: 'cut off brotli' },
    { name: 'faces.csv.br', content: Buffer.from(text), says: 'brotli that is none' },
    { name: 'faces.csv.gz', content: gzipSync(noise).fill(7, 900, 1000), says: 'damaged gzip' },
    { name: 'faces.csv.gz', content: Buffer.alloc(0), says: 'empty gzip' },
    { name: 'faces.csv.br', content: Buffer.alloc(0), says: 'empty brotli' },
  ])('$says is refused', async ({ name, content }) => {
    const { path, options } = await folderWith(name, content)
    const error = await loadDataset(source(path), options).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(error.problems[0]).toMatchObject({
      code: expect.stringMatching(/^(data_compression|csv_empty|csv_pixel.*)$/),
      place: { file: expect.stringContaining(name) },
    })
  })

  test('that is missing is an error which names what was tried; a folder is none', async () => {
    const folder = await temporaryFolder()
    const options = { cacheDir: join(folder, 'cache'), env: {} }
    const path = join(folder, 'nothing.csv')
    await expect(loadDataset(source(path), options)).rejects.toThrow(`There is no file ${path}, nor ${path}.gz, .br, .zip or .tar.gz`)
    expect(await codes(describeSource(source(path), options))).toEqual(['data_missing'])
    expect(await codes(loadDataset(source(folder), options))).toEqual(['data_unreadable'])
  })
})

describe('the cache', () => {
  test('gives the same data set again, and its description without the images', async () => {
    const { path, options } = await folderWith('faces.csv', text)
    expect(await describeSource(source(path), options)).toBeNull()
    const first = await loadDataset(source(path), options)
    const second = await loadDataset(source(path), { ...options, onProgress: () => expect.unreachable('read again') })
    expect(second).toEqual(first)
    expect(await describeSource(source(path), options)).toEqual({
      ...first,
      images: 21,
      classCounts: [3, 3, 3, 3, 3, 3, 3],
      has: { usage: true, targets: false, groups: false },
    })
  })

  test('forgets a file that has changed, and keeps one entry a file', async () => {
    const { path, options } = await folderWith('faces.csv', text)
    const first = await loadDataset(source(path), options)
    await writeFile(path, text.replace(' 7 ', ' 8 '))
    await utimes(path, new Date(), new Date(Date.now() + 5000))
    expect(await describeSource(source(path), options)).toBeNull()
    expect((await loadDataset(source(path), options)).sha256).not.toBe(first.sha256)
    expect(await readdir(options.cacheDir)).toHaveLength(1)
  })

  test.each([
    { damage: 'a changed byte', harm: async (file: string) => writeFile(file, (await readFile(file)).fill(9, 80_000, 80_001)) },
    { damage: 'a cut end', harm: async (file: string) => truncate(file, 90_000) },
    { damage: 'a broken header', harm: async (file: string) => writeFile(file, (await readFile(file)).fill('{', 0, 4)) },
    { damage: 'no bytes', harm: async (file: string) => truncate(file, 0) },
  ])('with $damage is built anew', async ({ harm }) => {
    const { path, options } = await folderWith('faces.csv', text)
    const first = await loadDataset(source(path), options)
    const entry = join(options.cacheDir, (await readdir(options.cacheDir))[0] as string)
    await harm(entry)
    let told = 0
    expect(await loadDataset(source(path), { ...options, onProgress: () => told++ })).toEqual(first)
    expect(told).toBeGreaterThan(0)
    expect(await loadDataset(source(path), { ...options, onProgress: () => expect.unreachable('read again') })).toEqual(first)
  })

  test('that cannot be written stops nothing', async () => {
    const { path, folder } = await folderWith('faces.csv', text)
    await writeFile(join(folder, 'file'), '')
    const dataset = await loadDataset(source(path), { cacheDir: join(folder, 'file', 'cache'), env: {} })
    expect(dataset.labels.length).toBe(21)
  })

  test('is in FERMENT_CACHE_DIR where that is set', async () => {
    const { path, folder } = await folderWith('faces.csv', text)
    await loadDataset(source(path), { env: { FERMENT_CACHE_DIR: join(folder, 'mine') } })
    expect(await readdir(join(folder, 'mine', 'datasets'))).toHaveLength(1)
  })
})

describe.runIf(process.env.FER2013)('FER2013 itself', () => {
  const real = { ...source('${FER2013}'), md5: 'f8428a1edbd21e88f42c73edd2a14f95' }

  test('has the published numbers, and loads fast the second time', async () => {
    const options = { cacheDir: await temporaryFolder(), env: process.env }
    /** In seconds of processors: other processes may have the machine. */
    const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
      const before = process.cpuUsage()
      const value = await work
      const { user, system } = process.cpuUsage(before)
      return [value, (user + system) / 1e6]
    }
    const [dataset, first] = await timed(loadDataset(real, options))
    expect(dataset.name).toBe('FER2013')
    expect(dataset.images.reduce((sum, pixel) => sum + pixel, 0)).toBe(10_698_094_626)
    expect(await describeSource(real, options)).toMatchObject({
      images: 35_887,
      classCounts: [4953, 547, 5121, 8989, 6077, 4002, 6198],
    })
    const [again, second] = await timed(loadDataset(real, options))
    expect(again.sha256).toBe(dataset.sha256)
    expect(second).toBeLessThan(first / 4)
  })
})

test('no flipped bit in the header of a cached data set is taken for true', async () => {
  const { folder, path, options } = await folderWith('faces.csv', text)
  await loadDataset(source(path), options)
  const known = await describeSource(source(path), options)
  const cache = join(folder, 'cache')
  const file = join(cache, (await readdir(cache))[0] as string)
  const whole = await readFile(file)
  const end = whole.indexOf('}  ') + 1
  for (let at = 0; at < end; at += 7) {
    const flipped = Buffer.from(whole)
    flipped[at] = (flipped[at] as number) ^ (1 << (at % 8))
    await writeFile(file, flipped)
    const described = await describeSource(source(path), options)
    if (described !== null) expect(described).toEqual(known)
  }
})
