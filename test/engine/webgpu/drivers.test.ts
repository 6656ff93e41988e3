import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasDawn, readDrivers } from '../../../src/engine/webgpu/drivers.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ferment-drivers-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const add = (...files: string[]) => {
  for (const file of files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), '{}')
  }
}
const MESA = ['share/vulkan/icd.d/lvp_icd.json', 'share/vulkan/icd.d/radeon_icd.json']

/** What is found in the test's folder, and nowhere else. */
const found = (env: Record<string, string> = {}) =>
  readDrivers({
    platform: 'linux',
    dev: join(dir, 'dev'),
    env: { XDG_DATA_DIRS: join(dir, 'share'), XDG_CONFIG_HOME: dir, XDG_CONFIG_DIRS: dir, XDG_DATA_HOME: dir, ...env },
  })

describe('on Linux', () => {
  test('a GPU needs a driver and its device file', () => {
    add(...MESA)
    expect(found()).toBe('software')
    add('dev/dri/renderD128')
    expect(found()).toBe('gpu')
  })

  test('NVIDIA has device files of its own', () => {
    add('share/vulkan/icd.d/nvidia_icd.json', 'dev/nvidia0')
    expect(found()).toBe('gpu')
  })

  test('a GPU without a driver does not count', () => {
    add('dev/dri/renderD128', 'share/vulkan/icd.d/lvp_icd.x86_64.json')
    expect(found()).toBe('software')
  })

  test('the variables of the loader name all there is: files or folders', () => {
    add(...MESA, 'dev/dri/renderD128', 'other/one_icd.json')
    expect(found({ VK_DRIVER_FILES: join(dir, 'none.json') })).toBe('none')
    expect(found({ VK_ICD_FILENAMES: join(dir, MESA[0] as string) })).toBe('software')
    expect(found({ VK_DRIVER_FILES: join(dir, 'other') })).toBe('gpu')
  })
})

test('macOS and Windows bring their own', () => {
  expect(readDrivers({ platform: 'darwin' })).toBe('gpu')
  expect(readDrivers({ platform: 'win32' })).toBe('gpu')
})

test.each([
  ['linux', 'x64', true],
  ['linux', 'arm64', true],
  ['darwin', 'arm64', true],
  ['win32', 'x64', true],
  ['linux', 's390x', false],
  ['freebsd', 'x64', false],
])('Dawn is there for %s on %s: %s', (platform, arch, there) => expect(hasDawn(platform, arch)).toBe(there))
