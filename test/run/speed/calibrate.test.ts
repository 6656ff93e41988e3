import { afterEach, expect, test, vi } from 'vitest'
import { calibrate } from '../../../src/run/speed/calibrate.ts'
import { readSpeeds } from '../../../src/run/speed/speeds.ts'
import { temporaryFolder } from '../../data/temporary_folder.ts'

afterEach(() => vi.unstubAllEnvs())

test('an engine is timed once, and its speed kept', async () => {
  vi.stubEnv('FERMENT_CACHE_DIR', await temporaryFolder())
  vi.stubEnv('FERMENT_ENGINE', 'wasm')
  const speed = await calibrate()
  expect(speed).toMatchObject({ engine: 'wasm', gpu: false, batchSize: 4, imagesPerSecond: expect.any(Number) })
  expect(await readSpeeds()).toMatchObject([speed])
  expect(await calibrate()).toBeNull()
})
