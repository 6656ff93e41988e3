import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSpeeds, type Speed, writeSpeeds } from '../../../src/run/speed/speeds.ts'
import { temporaryFolder } from '../../data/temporary_folder.ts'

let cache = ''
beforeEach(async () => {
  cache = await temporaryFolder()
  vi.stubEnv('FERMENT_CACHE_DIR', cache)
})
afterEach(() => vi.unstubAllEnvs())

const speed = (batchSize: number, imagesPerSecond: number): Speed => ({
  model: { layers: [{ kind: 'flatten' }] },
  imageShape: [48, 48, 1],
  classes: 7,
  batchSize,
  engine: 'native',
  gpu: false,
  device: 'CPU (2 cores)',
  precision: 'float32',
  imagesPerSecond,
})
const file = () => join(cache, 'speeds.json')

test('what was timed is known later, the newest of each thing', async () => {
  expect(await readSpeeds()).toEqual([])
  await writeSpeeds([speed(4, 10), speed(32, 20)])
  await writeSpeeds([speed(4, 30)])
  expect(await readSpeeds()).toMatchObject([speed(32, 20), speed(4, 30)])
})

test("another machine's speeds are kept, and not this one's", async () => {
  await writeSpeeds([speed(4, 10)])
  const [kept] = JSON.parse(await readFile(file(), 'utf8'))
  await writeFile(file(), JSON.stringify([{ ...kept, processor: 'another' }]))
  expect(await readSpeeds()).toEqual([])
  await writeSpeeds([speed(4, 20)])
  expect(JSON.parse(await readFile(file(), 'utf8'))).toHaveLength(2)
  expect(await readSpeeds()).toMatchObject([speed(4, 20)])
})

test.each(['', '{', '{}', 'null'])('a damaged file (%j) is none', async (text) => {
  await writeFile(file(), text)
  expect(await readSpeeds()).toEqual([])
  await writeSpeeds([speed(4, 10)])
  expect(await readSpeeds()).toMatchObject([speed(4, 10)])
})

test('a cache that cannot be written is no failure', async () => {
  vi.stubEnv('FERMENT_CACHE_DIR', join(file(), 'below'))
  await writeFile(file(), '[]')
  await writeSpeeds([speed(4, 10)])
  expect(await readSpeeds()).toEqual([])
})
