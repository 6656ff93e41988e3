import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Machine } from '../../../src/engine/choose/machine.ts'
import { canBeRequired, type EngineStatus, engineStatuses } from '../../../src/engine/choose/status.ts'
import { buildDir } from '../../../src/engine/setup/builds.ts'
import type { Kind } from '../../../src/engine/setup/wheel.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ferment-status-'))
  vi.stubEnv('FERMENT_CACHE_DIR', join(dir, 'cache'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true })
})

const statuses = (changes: Partial<Machine> = {}) =>
  engineStatuses({
    machine: { platform: 'linux', arch: 'x64', nvidia: false, avx: true, drivers: 'none', glibc: () => '2.36', ...changes },
    link: join(dir, 'link.node'),
  })

const addBuild = (kind: Kind): string => {
  mkdirSync(buildDir(kind), { recursive: true })
  writeFileSync(join(buildDir(kind), 'trial.json'), '{"tensorflow":"2.21.0","gpu":false}')
  const binding = join(buildDir(kind), 'tfjs_binding.node')
  writeFileSync(binding, '')
  return binding
}

describe('the native engine', () => {
  test('is not there before it is set up', () => {
    expect(statuses()[0]).toEqual({ name: 'native', available: false, why: 'it is not set up', cure: 'Run: npx ferment setup' })
  })

  test('is there once it is built, linked into the checkout or not', () => {
    const binding = addBuild('cpu')
    const expected = { name: 'native', available: true, gpu: false, tensorflow: '2.21.0', binding }
    expect(statuses()[0]).toEqual(expected)
    symlinkSync(binding, join(dir, 'link.node'))
    expect(statuses()[0]).toEqual(expected)
  })

  test('is found where many users share it', () => {
    vi.stubEnv('FERMENT_ENGINE_DIR', join(dir, 'shared'))
    const binding = addBuild('cpu')
    expect(binding.startsWith(join(dir, 'shared/'))).toBe(true)
    expect(statuses()[0]).toMatchObject({ available: true, binding })
  })

  test('is not there when its build was removed behind the link', () => {
    symlinkSync(join(dir, 'gone.node'), join(dir, 'link.node'))
    expect(statuses()[0]).toMatchObject({ available: false })
  })

  test('the build with CUDA is taken where there is a GPU', () => {
    addBuild('cpu')
    const cuda = addBuild('cuda')
    expect(statuses({ nvidia: true })[0]).toMatchObject({ binding: cuda, gpu: true })
    expect(statuses()[0]).toMatchObject({ gpu: false })
  })

  test('a build of CPU only does not use the GPU', () => {
    addBuild('cpu')
    expect(statuses({ nvidia: true })[0]).toMatchObject({ available: true, gpu: false })
  })

  test('a binding of another origin counts', () => {
    writeFileSync(join(dir, 'link.node'), '')
    expect(statuses()[0]).toMatchObject({ available: true, tensorflow: null })
  })

  test('is not used on a processor without AVX, whose process it would end', () => {
    addBuild('cpu')
    expect(statuses({ avx: false })[0]).toMatchObject({ available: false, why: 'TensorFlow needs a processor with AVX' })
  })

  test.each([
    { changes: { platform: 'darwin' as const }, why: /only for Linux/ },
    { changes: { glibc: () => null }, why: /glibc/ },
  ])('says why it cannot be had: $changes', ({ changes, why }) => {
    expect(statuses(changes)[0]).toMatchObject({ available: false, why: expect.stringMatching(why) })
  })
})

describe('webgpu', () => {
  const webgpu = (changes: Partial<Machine>) => statuses(changes).find(({ name }) => name === 'webgpu')

  test('is there with the driver of a GPU, after native', () => {
    expect(webgpu({ drivers: 'gpu' })).toEqual({ name: 'webgpu', available: true, gpu: true, tensorflow: null })
    expect(statuses().map(({ name }) => name)).toEqual(['native', 'webgpu', 'wasm'])
  })

  test('on a processor that plays a GPU is there on request only', () => {
    const status = webgpu({ drivers: 'software' })
    expect(status).toMatchObject({ available: false, why: 'the only Vulkan driver computes on the processor' })
    expect(canBeRequired(status as EngineStatus)).toBe(true)
  })

  test.each([
    { changes: {}, why: 'no Vulkan driver was found' },
    { changes: { drivers: 'gpu', glibc: () => null }, why: /glibc/ },
    { changes: { drivers: 'gpu', arch: 's390x' }, why: 'there is no build of it for linux on s390x' },
  ] as const)('says why it cannot be had: $changes', ({ changes, why }) => {
    const status = webgpu(changes)
    expect(status).toMatchObject({ available: false, why: expect.stringMatching(why) })
    expect(canBeRequired(status as EngineStatus)).toBe(false)
  })
})

test('wasm is always there, and last', () => {
  expect(statuses({ platform: 'win32' }).at(-1)).toMatchObject({ name: 'wasm', available: true })
})
