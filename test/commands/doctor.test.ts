import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { registerDoctor } from '../../src/commands/doctor.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import { noDevice, onDevice } from '../engine/webgpu/device.ts'
import { runCommand } from './run_command.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ferment-doctor-'))
  vi.stubEnv('FER2013', join(dir, 'fer2013.csv'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true })
})

type Check = { name: string; ok: boolean; value: string; cure?: string; details?: Record<string, unknown> }

const doctor = async (): Promise<Record<string, Check>> => {
  const { stdout } = await runCommand(registerDoctor, 'doctor', '--format', 'json')
  return Object.fromEntries((JSON.parse(stdout) as { checks: Check[] }).checks.map((check) => [check.name, check]))
}

describe('the engine', () => {
  test('wasm, when it is asked for: not the best', async () => {
    vi.stubEnv('FERMENT_ENGINE', 'wasm')
    expect((await doctor()).engine).toMatchObject({ ok: false, details: { engine: 'wasm', gpu: false } })
  })

  test.runIf(engineStatuses()[0]?.available)('native is really tried', async () => {
    expect((await doctor()).engine).toMatchObject({ ok: true, value: expect.stringMatching(/^native: TensorFlow 2\.\d+\.\d+ on /) })
  })
})

describe('webgpu', () => {
  test('not there: why', async () => {
    vi.stubEnv('FERMENT_ENGINE', 'wasm')
    vi.stubEnv('VK_DRIVER_FILES', join(dir, 'none.json'))
    expect((await doctor()).webgpu).toMatchObject({ ok: true, value: 'not used: no Vulkan driver was found' })
  })

  test.skipIf(noDevice)(onDevice('is really tried where it is insisted on'), async () => {
    vi.stubEnv('FERMENT_ENGINE', 'webgpu')
    expect((await doctor()).engine).toMatchObject({ value: expect.stringMatching(/^webgpu: \w/), details: { engine: 'webgpu' } })
  })
})

describe('the data', () => {
  beforeEach(() => vi.stubEnv('FERMENT_ENGINE', 'wasm'))

  test('missing: what is used instead, and where to put it', async () => {
    expect((await doctor()).data).toMatchObject({
      ok: false,
      value: expect.stringContaining('drawn faces'),
      cure: expect.stringContaining('FER2013'),
    })
  })

  test('found, packed too', async () => {
    writeFileSync(join(dir, 'fer2013.csv.gz'), 'x')
    expect((await doctor()).data).toMatchObject({ ok: true, details: { path: join(dir, 'fer2013.csv.gz'), size: 1 } })
  })
})

test('the weights: missing, and the command that gets them', async () => {
  vi.stubEnv('FERMENT_ENGINE', 'wasm')
  vi.stubEnv('FERMENT_VGG16', join(dir, 'none.h5'))
  expect((await doctor()).weights).toMatchObject({ ok: false, cure: expect.stringMatching(/FERMENT_VGG16.*npx ferment setup --weights/) })
})

test('as text: a line a check, the cure below it', async () => {
  vi.stubEnv('FERMENT_ENGINE', 'wasm')
  const { stdout } = await runCommand(registerDoctor, 'doctor')
  expect(stdout.split('\n')[0]).toMatch(/^! engine {5}wasm: works everywhere/)
  expect(stdout).toMatch(/\n {13}→ Put fer2013\.csv/)
  for (const name of ['processor', 'memory', 'node', 'cache']) expect(stdout).toMatch(new RegExp(`^✓ ${name}`, 'm'))
})
