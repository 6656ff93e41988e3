import { afterEach, expect, test, vi } from 'vitest'
import { calibrate } from '../../../src/run/speed/calibrate.ts'
import { readSpeeds } from '../../../src/run/speed/speeds.ts'
import { temporaryFolder } from '../../data/temporary_folder.ts'

const wasm = { name: 'wasm', gpu: false, required: true } as const

afterEach(() => vi.unstubAllEnvs())

test('an engine is timed once, and its speed kept', async () => {
  vi.stubEnv('FERMENT_CACHE_DIR', await temporaryFolder())
  const speed = await calibrate(wasm)
  expect(speed).toMatchObject({ engine: 'wasm', gpu: false, batchSize: 4, imagesPerSecond: expect.any(Number) })
  expect(await readSpeeds()).toMatchObject([speed])
  expect(await calibrate(wasm)).toBeNull()
})
