import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import h5wasm from 'h5wasm/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { KnownTensor } from '../../../src/model/weights/known_values.ts'
import { findWeights, keepVgg16, openVgg16, VGG16_FILE, weightsDir } from '../../../src/model/weights/vgg16_imagenet.ts'
import { STARTING_WEIGHTS_SHA256, VGG16_TENSORS } from '../../../src/model/weights/vgg16_values.ts'
import { realWeights, withWeights } from '../../real_weights.ts'

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

const byLayer: Record<string, KnownTensor[]> = {}
for (const tensor of VGG16_TENSORS) {
  const [layer] = tensor.name.split('/') as [string]
  byLayer[layer] = [...(byLayer[layer] ?? []), tensor]
}

/** A file in the form of Keras 1 and 2, of zeros. */
const write = async (path: string, shapeOf = (_name: string, shape: readonly number[]) => shape) => {
  await h5wasm.ready
  await mkdir(join(path, '..'), { recursive: true })
  const layers = Object.entries(byLayer)
  const file = new h5wasm.File(path, 'w')
  file.create_attribute(
    'layer_names',
    layers.map(([layer]) => layer),
  )
  for (const [layer, tensors] of layers) {
    const group = file.create_group(layer)
    group.create_attribute(
      'weight_names',
      tensors.map(({ name }) => `${name.split('/')[1]}:0`),
    )
    for (const { name, shape } of tensors) {
      const extents = [...shapeOf(name, shape)]
      group.create_dataset({ name: `${name.split('/')[1]}:0`, data: new Float32Array(extents.reduce((a, b) => a * b)), shape: extents })
    }
  }
  file.close()
  return path
}

describe('findWeights', () => {
  test('says what is missing and the one command that gets it', async () => {
    expect(await findWeights()).toEqual({
      present: false,
      reason: 'VGG16 starts from ImageNet weights, and they are not on this machine.',
      cure: 'Get them with: npx ferment setup --weights',
    })
  })

  test('a path in FERMENT_VGG16 is the only one', async () => {
    vi.stubEnv('FERMENT_VGG16', join(folder, 'mine.h5'))
    expect(await findWeights()).toMatchObject({ present: false, reason: expect.stringContaining('mine.h5, which is not there') })
  })

  test('other values: told from the first tensor on, and again from memory', async () => {
    const path = await write(join(folder, 'mine.h5'))
    vi.stubEnv('FERMENT_VGG16', path)
    const expected = {
      present: false,
      reason: `VGG16 starts from ImageNet weights, and ${path} does not hold VGG16's ImageNet weights: the first tensor that differs is block1_conv1/kernel (there block1_conv1/kernel:0); none of the others fits.`,
      problem: { code: 'weights_other_values', hint: expect.stringContaining('FERMENT_VGG16') },
    }
    expect(await findWeights()).toMatchObject(expected)
    expect(await findWeights()).toMatchObject(expected)
    await expect(openVgg16()).rejects.toMatchObject({ problems: [{ code: 'weights_other_values' }] })
  })

  test('other shapes: told as a table', async () => {
    vi.stubEnv(
      'FERMENT_VGG16',
      await write(join(folder, 'mine.h5'), (name, shape) => (name === 'block1_conv1/kernel' ? [3, 3, 1, 64] : shape)),
    )
    const found = await findWeights()
    expect(found).toMatchObject({ present: false, problem: { code: 'weights_other_shapes' } })
    expect((found as { problem: { message: string } }).problem.message.split('\n').slice(1)).toEqual([
      '    tensor               expected       found',
      '    block1_conv1/kernel  [3, 3, 3, 64]  [3, 3, 1, 64] block1_conv1/kernel:0',
    ])
  })

  test('a file that cannot be read', async () => {
    vi.stubEnv('FERMENT_VGG16', join(folder, 'mine.h5'))
    await writeFile(join(folder, 'mine.h5'), 'not HDF5')
    expect(await findWeights()).toMatchObject({ present: false, problem: { code: 'weights_damaged' } })
  })
})

test('openVgg16 refuses to go on without the file', async () => {
  await expect(openVgg16()).rejects.toMatchObject({
    problems: [{ code: 'weights_missing', hint: 'Get them with: npx ferment setup --weights' }],
  })
})

describe.skipIf(!realWeights)(withWeights('the real weights'), () => {
  test('are known by their values, and the hash of their stream is the one that stands for them', async () => {
    vi.stubEnv('FERMENT_VGG16', realWeights)
    expect(await findWeights()).toEqual({ present: true, path: realWeights })
    const reader = await openVgg16()
    const stream = createHash('sha256')
    for (const { name } of VGG16_TENSORS) {
      const { values } = reader(name)
      stream.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    }
    expect(stream.digest('hex')).toBe(STARTING_WEIGHTS_SHA256.vgg16_imagenet)
  })

  test('are kept from a file that is here, and found from then on', async () => {
    const kept = await keepVgg16(realWeights as string)
    expect(await findWeights()).toEqual({ present: true, path: kept })
    expect((await openVgg16())('block5_conv3/bias').shape).toEqual([512])
    await expect(keepVgg16(await write(join(folder, 'zeros.h5')))).rejects.toMatchObject({ problems: [{ code: 'weights_other_values' }] })
    expect(await findWeights()).toEqual({ present: true, path: kept })
  })

  test("are found in Keras' folder, then in ferment's", async () => {
    const keras = join(folder, 'home', '.keras', 'models', VGG16_FILE.name)
    await mkdir(join(keras, '..'), { recursive: true })
    await copyFile(realWeights as string, keras)
    expect(await findWeights()).toEqual({ present: true, path: keras })
    const own = join(weightsDir(), VGG16_FILE.name)
    await mkdir(weightsDir(), { recursive: true })
    await copyFile(realWeights as string, own)
    expect(await findWeights()).toEqual({ present: true, path: own })
  })
})
