import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Model } from '../../schema/recipe.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { backends, loadBackends } from '../engine/backends.ts'
import golden from '../golden/vgg16.json' with { type: 'json' }
import { relativeDifference } from '../relative_difference.ts'
import { modelOf, networkOf } from './models.ts'

// The fastest backend of this machine.
beforeAll(async () => {
  await loadBackends()
  await tf.setBackend(backends[0] as string)
})

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1)

/** The formula of test/golden/vgg16.py. */
const formula = (shape: readonly number[], phase: number, factor = 1) => {
  const scale = 2 / Math.sqrt(Math.max(1, sizeOf(shape.slice(0, -1))))
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, index) => Math.sin(index * 1.61803398875 + phase) * scale)
  return tf.tensor(
    values.map((value) => value * factor),
    [...shape],
  )
}

const run = (model: Model, image: readonly number[], training = false, classes = 7) => {
  const network = networkOf(model, image, classes)
  const weights = Object.fromEntries(
    Object.entries(initialWeights(network, 5)).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  )
  const noise = Object.fromEntries(network.noise.map(({ name, shape }) => [name, tf.fill([2, ...shape], 2)]))
  const x = formula([2, ...image], 0.5, 20)
  return { network, weights, x, ...network.forward({ x, weights, noise, training, semantics: 'keras-3', precision: null }) }
}

const expectClose = (actual: tf.Tensor, expected: tf.Tensor) => {
  expect(actual.shape).toEqual(expected.shape)
  expect(relativeDifference(actual.dataSync(), expected.dataSync())).toBeLessThan(2e-6)
}

test("VGG16 is Keras applications' network: the same names, weights and output", () => {
  const model = modelOf({ kind: 'vgg16', weights: null }, { kind: 'flatten' }, { kind: 'activation', activation: 'linear' })
  const network = networkOf(model, [32, 48, 3], 512)
  expect(network.layers.slice(0, 18).map(({ name }) => name)).toEqual(golden.layers)
  expect(network.weights.map(({ name }) => name)).toEqual(golden.weights)
  const output = tf.tidy(() => {
    const weights = Object.fromEntries(network.weights.map(({ name, shape }, index) => [name, formula(shape, index)]))
    const x = formula([2, 32, 48, 3], 0.5, 10)
    return network.forward({ x, weights, noise: {}, training: false, semantics: 'keras-3', precision: null }).output
  })
  expect(relativeDifference(output.dataSync(), golden.values)).toBeLessThan(1e-5)
})

const head = (activation: string) => modelOf({ kind: 'flatten' }, { kind: 'dense', units: 7, activation })

describe('logits', () => {
  test('are before a softmax or sigmoid, else the output itself', () => {
    const soft = run(head('softmax'), [4, 4, 1])
    expectClose(soft.output, tf.softmax(soft.logits))
    expect(soft.network.outputActivation).toBe('softmax')
    const sigmoid = run(head('sigmoid'), [4, 4, 1])
    expectClose(sigmoid.output, tf.sigmoid(sigmoid.logits))
    expect(sigmoid.network.outputActivation).toBe('sigmoid')
    for (const [activation, kind] of [
      ['linear', 'linear'],
      ['tanh', 'other'],
    ] as const) {
      const result = run(head(activation), [4, 4, 1])
      expect(result.logits).toBe(result.output)
      expect(result.network.outputActivation).toBe(kind)
    }
  })

  test('are before a softmax that is a layer of its own', () => {
    const model = modelOf(
      { kind: 'conv2d', filters: 7, kernel_size: 1 },
      { kind: 'global_average_pooling2d' },
      { kind: 'activation', activation: 'softmax' },
    )
    const result = run(model, [4, 4, 1])
    expectClose(result.output, tf.softmax(result.logits))
    expect(result.network.outputActivation).toBe('softmax')
  })

  test('a softmax within the network is none of them', () => {
    const result = run(modelOf({ kind: 'flatten' }, { kind: 'activation', activation: 'softmax' }, { kind: 'dense', units: 7 }), [4, 4, 1])
    expect(result.logits).toBe(result.output)
    expect(result.network.outputActivation).toBe('linear')
  })
})

describe('the graph', () => {
  const residual = modelOf(
    { kind: 'conv2d', filters: 3, kernel_size: 3, padding: 'same', name: 'a' },
    { kind: 'conv2d', filters: 3, kernel_size: 3, padding: 'same', name: 'b' },
    { kind: 'add', inputs: ['a', 'b'] },
    { kind: 'concatenate', inputs: ['add', 'input'] },
    { kind: 'flatten' },
    { kind: 'dense', units: 7 },
  )

  test('a layer takes the outputs that its inputs name', () => {
    const { x, weights, output } = run(residual, [4, 4, 1])
    const conv = (input: tf.Tensor, name: string) =>
      tf.add(tf.conv2d(input as tf.Tensor4D, weights[`${name}/kernel`] as tf.Tensor4D, 1, 'same'), weights[`${name}/bias`] as tf.Tensor)
    const a = conv(x, 'a')
    const merged = tf.reshape(tf.concat([tf.add(a, conv(a, 'b')), x], -1), [2, -1])
    expectClose(output, tf.add(tf.matMul(merged, weights['dense/kernel'] as tf.Tensor), weights['dense/bias'] as tf.Tensor))
  })

  test('dropout and batch normalization do their part only while training', () => {
    const model = modelOf(
      { kind: 'batch_normalization' },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'flatten' },
      { kind: 'dense', units: 7, use_bias: false },
    )
    const training = run(model, [4, 4, 2], true)
    expect(Object.keys(training.updates)).toEqual(['batch_normalization/moving_mean', 'batch_normalization/moving_variance'])
    const inference = run(model, [4, 4, 2])
    expect(inference.updates).toEqual({})
    // The averages start at 0 and 1, so inference only divides by √1.001.
    const { x, weights } = inference
    const scaled = tf.div(tf.reshape(x, [2, -1]), Math.sqrt(1.001))
    expectClose(inference.output, tf.matMul(scaled, weights['dense/kernel'] as tf.Tensor))
  })
})
