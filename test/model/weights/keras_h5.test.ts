import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import h5wasm from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readKerasH5 } from '../../../src/model/weights/keras_h5.ts'

let folder: string
beforeAll(async () => {
  await h5wasm.ready
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-h5-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A file in the form of Keras' published VGG16, whose weights are called block1_conv1_W_1:0 and block1_conv1_b_1:0. */
const write = (name: string, layers: Record<string, Record<string, Float32Array | Int32Array>>, shape?: number[]) => {
  const path = join(folder, name)
  const file = new h5wasm.File(path, 'w')
  file.create_attribute('layer_names', Object.keys(layers))
  for (const [layer, weights] of Object.entries(layers)) {
    const group = file.create_group(layer)
    group.create_attribute('weight_names', Object.keys(weights))
    for (const [weight, data] of Object.entries(weights)) group.create_dataset({ name: weight, data, shape: shape ?? [data.length] })
  }
  file.close()
  return path
}

describe('readKerasH5', () => {
  test('calls the tensors by layer and part, with their shapes', async () => {
    const values = new Float32Array([1, 2, 3, 4])
    const path = write('good.h5', { input_1: {}, block1_conv1: { 'block1_conv1_W_1:0': values, 'block1_conv1_b_1:0': values } }, [2, 2])
    const tensors = await readKerasH5(path)
    expect([...tensors.keys()]).toEqual(['block1_conv1/kernel', 'block1_conv1/bias'])
    expect(tensors.get('block1_conv1/kernel')).toEqual({ shape: [2, 2], values })
  })

  test('says what a file lacks', async () => {
    const whole = write('integers.h5', { dense: { 'kernel:0': new Int32Array([1]) } })
    await expect(readKerasH5(whole)).rejects.toThrow('has no float32 values for dense/kernel:0')
    const many = write('many.h5', { lstm: { a: new Float32Array(1), b: new Float32Array(1), c: new Float32Array(1) } })
    await expect(readKerasH5(many)).rejects.toThrow('has 3 weights for lstm')
  })
})
