import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesOfTfjsModel, withTfjsModel } from '../../../src/model/weights/tfjs_model.ts'

let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-tfjs-'))
  path = join(folder, 'model.json')
})
afterAll(() => rm(folder, { recursive: true }))

const WEIGHTS = [
  { name: 'conv/kernel', shape: [2, 3], dtype: 'float32' },
  { name: 'conv/bias', shape: [], dtype: 'float32' },
  { name: 'shape', shape: [2], dtype: 'int32' },
  { name: 'dense/kernel', shape: [4], dtype: 'float32' },
]
const BYTES = Buffer.from(Float32Array.from({ length: 13 }, (_, index) => index).buffer)

/** A model whose weights lie in files of so many bytes. */
const write = async (sizes: readonly number[], weights: readonly object[] = WEIGHTS) => {
  let begin = 0
  const paths = sizes.map((_, index) => `group1-shard${index + 1}of${sizes.length}.bin`)
  for (const [index, size] of sizes.entries()) {
    await writeFile(join(folder, paths[index] as string), BYTES.subarray(begin, begin + size))
    begin += size
  }
  await writeFile(path, JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: [{ paths, weights }] }))
}

const read = (wanted: string) =>
  withTfjsModel(path, (tensors) => [...(tensors.find(({ name }) => name === wanted)?.read() ?? expect.unreachable())])

describe('withTfjsModel', () => {
  test('wherever the shards begin, the tensors are the same', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: BYTES.length - 1 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(cuts, async (unsorted) => {
        const at = [0, ...unsorted.sort((a, b) => a - b), BYTES.length]
        await write(at.slice(1).map((end, index) => end - (at[index] as number)))
        expect(await read('conv/kernel')).toEqual([0, 1, 2, 3, 4, 5])
        expect(await read('conv/bias')).toEqual([6])
        expect(await read('dense/kernel')).toEqual([9, 10, 11, 12])
      }),
      { numRuns: 30 },
    )
  })

  test('names and shapes, in the order of the manifest', async () => {
    await write([BYTES.length])
    expect(await withTfjsModel(path, (tensors) => tensors.map(({ name, shape }) => ({ name, shape })))).toEqual(
      WEIGHTS.map(({ name, shape }) => ({ name, shape })),
    )
  })

  test('its files: the model and its shards, all of which must be there', async () => {
    await write([40, 12])
    const shards = ['group1-shard1of2.bin', 'group1-shard2of2.bin'].map((name) => join(folder, name))
    expect(await filesOfTfjsModel(path)).toEqual([path, ...shards])
    await rm(shards[1] as string)
    await expect(filesOfTfjsModel(path)).rejects.toThrow('names group1-shard2of2.bin, which is not beside it')
  })

  test('a shard cut short is told, and so are values that are not float32', async () => {
    await write([40])
    await expect(read('dense/kernel')).rejects.toThrow('ends at byte 40, before byte 52')
    await write([BYTES.length], [{ ...WEIGHTS[0], quantization: { dtype: 'uint8', min: 0, scale: 1 } }])
    await expect(read('conv/kernel')).rejects.toThrow('has values of type uint8 for conv/kernel, not float32')
  })

  test.each([
    ['no JSON', '{', /is no model.json of TensorFlow.js: /],
    ['another JSON', '{"weightsManifest": [{"paths": ["a"]}]}', /it has no weightsManifest/],
  ])('%s', async (_what, text, message) => {
    await writeFile(path, text)
    await expect(filesOfTfjsModel(path)).rejects.toThrow(message)
  })
})
