import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findWeights, openVgg16, VGG16_FILE, weightsDir } from '../../../src/model/weights/vgg16_imagenet.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-weights-'))
  vi.stubEnv('FERMENT_CACHE_DIR', join(folder, 'cache'))
  vi.stubEnv('FERMENT_VGG16', '')
  vi.spyOn(os, 'homedir').mockReturnValue(join(folder, 'home'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

/** A file of the right size, all zeros; it takes no room on the disk. */
const place = async (path: string, bytes = VGG16_FILE.bytes) => {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, '')
  await truncate(path, bytes)
  return path
}

describe('findWeights', () => {
  test('says what is missing and the one command that gets it', async () => {
    expect(await findWeights()).toEqual({
      present: false,
      reason: 'VGG16 starts from ImageNet weights, and their file is not on this machine.',
      command: 'npx ferment setup --weights',
    })
  })

  test("looks in ferment's folder, then in Keras'", async () => {
    const keras = await place(join(folder, 'home', '.keras', 'models', VGG16_FILE.name))
    expect(await findWeights()).toEqual({ present: true, path: keras })
    const own = await place(join(weightsDir(), VGG16_FILE.name))
    expect(await findWeights()).toEqual({ present: true, path: own })
  })

  test('a path in FERMENT_VGG16 is the only one', async () => {
    await place(join(weightsDir(), VGG16_FILE.name))
    vi.stubEnv('FERMENT_VGG16', join(folder, 'mine.h5'))
    expect(await findWeights()).toMatchObject({ present: false, reason: expect.stringContaining('FERMENT_VGG16 names') })
    const mine = await place(join(folder, 'mine.h5'))
    expect(await findWeights()).toEqual({ present: true, path: mine })
  })

  test('a file cut short is not it', async () => {
    await place(join(weightsDir(), VGG16_FILE.name), 1000)
    expect(await findWeights()).toMatchObject({ present: false, reason: expect.stringContaining('1000 bytes instead of 58889256') })
  })
})

describe('openVgg16', () => {
  test('refuses to go on without the file', async () => {
    await expect(openVgg16()).rejects.toMatchObject({
      problems: [{ code: 'weights_missing', hint: 'Get it with: npx ferment setup --weights' }],
    })
  })

  test('refuses a file of the right size with other content', async () => {
    await place(join(weightsDir(), VGG16_FILE.name))
    await expect(openVgg16()).rejects.toMatchObject({ problems: [{ code: 'weights_damaged' }] })
  })
})

// The real file cannot be committed; where it is, its tensors must be those of the network.
describe.runIf(process.env.FERMENT_VGG16)('the published file', () => {
  const path = process.env.FERMENT_VGG16 ?? ''
  test('has every tensor that VGG16 needs', async () => {
    vi.stubEnv('FERMENT_VGG16', path)
    const reader = await openVgg16()
    expect(reader('block5_conv3/kernel').shape).toEqual([3, 3, 512, 512])
    expect(reader('block1_conv1/kernel').values.every(Number.isFinite)).toBe(true)
  })
})
