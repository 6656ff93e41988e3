import { mkdtemp, rm, truncate } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import h5wasm from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withKerasH5 } from '../../../src/model/weights/keras_h5.ts'

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

const read = (path: string) =>
  withKerasH5(path, (tensors) => tensors.map(({ name, shape, read }) => ({ name, shape, values: [...read()] })))

describe('withKerasH5', () => {
  test('the layout of Keras 1 and 2: the tensors of each layer by their names, in its order', async () => {
    const values = new Float32Array([1, 2, 3, 4])
    const path = write('good.h5', { input_1: {}, block1_conv1: { 'block1_conv1_W_1:0': values, 'block1_conv1_b_1:0': values } }, [2, 2])
    expect(await read(path)).toEqual([
      { name: 'block1_conv1/block1_conv1_W_1:0', shape: [2, 2], values: [1, 2, 3, 4] },
      { name: 'block1_conv1/block1_conv1_b_1:0', shape: [2, 2], values: [1, 2, 3, 4] },
    ])
  })

  test('the layout of Keras 3: layers by their own names, in the order of their numbers; no optimizer', async () => {
    const path = join(folder, 'three.weights.h5')
    const file = new h5wasm.File(path, 'w')
    const put = (group: string, value: number, name?: string) => {
      const vars = file.create_group(`${group}/vars`)
      if (name) vars.create_attribute('name', name)
      vars.create_dataset({ name: '0', data: new Float32Array([value]) })
    }
    file.create_group('layers')
    for (const layer of ['layers/conv2d_10', 'layers/conv2d_2', 'layers/functional', 'optimizer']) file.create_group(layer)
    file.create_group('layers/functional/layers')
    file.create_group('layers/functional/layers/conv2d')
    put('layers/conv2d_10', 10, 'block2_conv1')
    put('layers/conv2d_2', 2, 'block1_conv3')
    put('layers/functional/layers/conv2d', 3)
    put('optimizer', 4)
    file.close()
    expect(await read(path)).toEqual([
      { name: 'layers/block1_conv3/vars/0', shape: [1], values: [2] },
      { name: 'layers/block2_conv1/vars/0', shape: [1], values: [10] },
      { name: 'layers/functional/layers/conv2d/vars/0', shape: [1], values: [3] },
    ])
  })

  test('says what a file lacks', async () => {
    const integers = write('integers.h5', { dense: { 'kernel:0': new Int32Array([1]) } })
    await expect(read(integers)).rejects.toThrow('has no values of float32 or float64 for dense/kernel:0')
  })

  test('the weights of a whole model', async () => {
    const path = join(folder, 'model.h5')
    const file = new h5wasm.File(path, 'w')
    const weights = file.create_group('model_weights')
    weights.create_attribute('layer_names', ['dense'])
    const dense = weights.create_group('dense')
    dense.create_attribute('weight_names', ['dense/kernel'])
    dense.create_group('dense').create_dataset({ name: 'kernel', data: new Float64Array([0.5]) })
    file.close()
    expect(await read(path)).toEqual([{ name: 'dense/dense/kernel', shape: [1], values: [0.5] }])
  })

  test('a file cut short', async () => {
    const whole = write('whole.h5', { dense: { 'kernel:0': new Float32Array(1000) } })
    await truncate(whole, 3000)
    await expect(read(whole)).rejects.toThrow(/^is cut short: it has 3000 of \d+ bytes$/)
  })
})
