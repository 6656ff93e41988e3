import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import h5wasm from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeSafetensorsHeader } from '../../../src/model/weights/safetensors.ts'
import { weightFile } from '../../../src/model/weights/weight_file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-weight-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

const ONE = Buffer.from(Float32Array.of(1).buffer)

const writers: Record<string, (path: string) => Promise<string[]>> = {
  hdf5: async (path) => {
    await h5wasm.ready
    const file = new h5wasm.File(path, 'w')
    file.create_dataset({ name: 'a', data: new Float32Array([1]) })
    file.close()
    return [path]
  },
  safetensors: async (path) => {
    await writeFile(path, Buffer.concat([encodeSafetensorsHeader({}, [{ name: 'a', shape: [1] }]), ONE]))
    return [path]
  },
  'model.json in a folder': async (path) => {
    await mkdir(path)
    const weightsManifest = [{ paths: ['a.bin'], weights: [{ name: 'a', shape: [1], dtype: 'float32' }] }]
    await writeFile(join(path, 'model.json'), `\n${JSON.stringify({ weightsManifest })}`)
    await writeFile(join(path, 'a.bin'), ONE)
    return [join(path, 'model.json'), join(path, 'a.bin')]
  },
}

describe('weightFile', () => {
  test.each(Object.keys(writers))('%s is recognised by its content', async (kind) => {
    const path = join(folder, `${kind.replaceAll(/\W/g, '_')}.wrong_name`)
    const files = await (writers[kind] as (typeof writers)[string])(path)
    const file = await weightFile(path)
    expect(file.files).toEqual(files)
    const tensors = await file.read((stored) => stored.map(({ name, shape, read }) => ({ name, shape, values: [...read()] })))
    expect(tensors).toEqual([{ name: 'a', shape: [1], values: [1] }])
  })

  test.each([
    ['empty', '', /of no kind that is read/],
    ['text', '# Weights', /of no kind that is read: HDF5/],
    ['zip', 'PK\x03\x04 and so on', /unpack model\.weights\.h5/],
  ])('%s is refused', async (name, content, message) => {
    await writeFile(join(folder, name), content)
    await expect(weightFile(join(folder, name))).rejects.toThrow(message)
  })

  test('a folder without a model', async () => {
    await expect(weightFile(folder)).rejects.toThrow('is a folder without a model.json')
  })
})
