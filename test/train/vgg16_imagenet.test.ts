import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Optimizer } from '../../schema/recipe.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { initialWeights, type PretrainedReader } from '../../src/model/initial_weights.ts'
import { openVgg16 } from '../../src/model/weights/vgg16_imagenet.ts'
import { openSession } from '../../src/train/session.ts'
import { backends, loadBackends } from '../engine/backends.ts'
import goldens from '../golden/vgg16_imagenet.json' with { type: 'json' }
import { modelOf, networkOf } from '../model/models.ts'
import { realWeights, withWeights } from '../real_weights.ts'
import { relativeDifference } from '../relative_difference.ts'
import { withDefaults } from '../schema_defaults.ts'
import { batchOf } from './tiny_fit.ts'

const { labels, class_weight: classWeight, float32: golden } = goldens
const [SIZE, CLASSES] = [48, 7]
const IMAGE = [SIZE, SIZE, 3]

/** `drawn_images` of test/golden/vgg16_imagenet.py. */
const drawnImages = (): Float32Array =>
  Float32Array.from({ length: labels.length * SIZE * SIZE * 3 }, (_, index) => {
    const [image, y, x, channel] = [
      Math.floor(index / (SIZE * SIZE * 3)),
      Math.floor(index / (SIZE * 3)) % SIZE,
      Math.floor(index / 3) % SIZE,
      index % 3,
    ]
    const texture = (7 * x * x + 13 * y * y + 5 * x * y + 29 * image + 31 * channel) % 97
    return (texture + 2 * x + image * y) / 168 - 1
  })

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1)

/** `formula` of the same. */
const formula = (shape: readonly number[], phase: number): Float32Array => {
  const scale = 2 / Math.sqrt(sizeOf(shape.slice(0, -1)))
  return Float32Array.from({ length: sizeOf(shape) }, (_, index) => Math.sin(index * 1.61803398875 + phase) * scale)
}

const HEAD = [
  { kind: 'flatten' },
  { kind: 'dense', name: 'dense_a', units: 128, activation: 'relu' },
  { kind: 'dense', name: 'dense_b', units: CLASSES, activation: 'softmax' },
] as const

/** VGG16's ImageNet weights below a head by formula. */
const startOf = (reader: PretrainedReader) => {
  const network = networkOf(modelOf({ kind: 'vgg16' }, ...HEAD), IMAGE, CLASSES)
  const heads = ['dense_a/kernel', 'dense_a/bias', 'dense_b/kernel', 'dense_b/bias']
  const drawn = initialWeights(network, 0, reader)
  const head = heads.map((name, phase) => {
    const shape = drawn[name]?.shape ?? []
    return [name, { shape, values: formula(shape, phase) }] as const
  })
  return { network, weights: { ...drawn, ...Object.fromEntries(head) } }
}

const OPTIMIZERS = {
  sgd: withDefaults<Optimizer>('optimizer', { kind: 'sgd', learning_rate: 1e-3 }),
  adam: withDefaults<Optimizer>('optimizer', { kind: 'adam', learning_rate: 1e-5 }),
}

const distance = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, value, index) => sum + (value - (b[index] as number)) ** 2, 0))

describe.skipIf(!realWeights)(withWeights("VGG16 with ImageNet's weights is Keras'"), () => {
  let reader: PretrainedReader
  beforeAll(async () => {
    reader = await openVgg16()
  })

  describe('outputs', () => {
    beforeAll(async () => {
      await loadBackends()
      await tf.setBackend(backends[0] as string)
    })

    const BLOCKS = [2, 2, 3, 3, 3]
    /** The first blocks of VGG16, written down layer by layer. */
    const blocks = (count: number) =>
      BLOCKS.slice(0, count).flatMap((convolutions, block) => [
        ...Array.from({ length: convolutions }, (_, index) => {
          const name = `block${block + 1}_conv${index + 1}`
          const filters = reader(`${name}/bias`).shape[0] as number
          return { kind: 'conv2d', name, filters, kernel_size: 3, padding: 'same', activation: 'relu' } as const
        }),
        { kind: 'max_pooling2d', name: `block${block + 1}_pool` } as const,
      ])

    test.each(BLOCKS.map((_, index) => index + 1))('block %i', (count) => {
      const { shape, stride, values, mean, deviation, largest } = golden.blocks[`block${count}_pool` as keyof typeof golden.blocks]
      const model = modelOf(...blocks(count), { kind: 'flatten' }, { kind: 'activation', activation: 'linear' })
      const network = networkOf(model, IMAGE, sizeOf(shape.slice(1)))
      const output = tf.tidy(() => {
        const weights = Object.fromEntries(
          network.weights.map(({ name }) => [name, tf.tensor(reader(name).values, [...reader(name).shape])]),
        )
        const x = tf.tensor(drawnImages(), [labels.length, ...IMAGE])
        return network
          .forward({ x, weights, noise: {}, training: false, semantics: 'keras-3', precision: null })
          .output.dataSync<'float32'>()
      })
      expect(output).toHaveLength(sizeOf(shape))
      expect(
        relativeDifference(
          output.filter((_, index) => index % stride === 0),
          values,
          largest,
        ),
      ).toBeLessThan(1e-5)
      const average = output.reduce((sum, value) => sum + value, 0) / output.length
      const spread = Math.sqrt(output.reduce((sum, value) => sum + (value - average) ** 2, 0) / output.length)
      expect(relativeDifference([average, spread], [mean, deviation])).toBeLessThan(1e-5)
    })
  })

  describe('with a head', { timeout: 300_000 }, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await openEngine({})
    })

    test.each(['sgd', 'adam'] as const)('probabilities, and three steps of %s', async (kind) => {
      const { network, weights } = startOf(reader)
      const session = await openSession({
        engine,
        network,
        optimizer: OPTIMIZERS[kind],
        loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
        semantics: 'keras-3',
        precision: null,
        seed: 0,
        weights,
        trainSizes: [labels.length],
        evaluateSizes: [labels.length],
      })
      const batch = batchOf(drawnImages(), labels, CLASSES)
      expect(relativeDifference((await session.evaluate(batch)).output, golden.softmax)).toBeLessThan(1e-5)
      const sampleWeight = Float32Array.from(labels, (label) => classWeight[label] as number)
      const { losses, softmax_after: after, moved } = golden[kind]
      for (const [index, expected] of losses.entries()) {
        const { loss } = await session.train({ batch, sampleWeight, learningRate: OPTIMIZERS[kind].learning_rate, step: index + 1 })
        expect(Math.abs(loss / expected - 1), `step ${index + 1}: ${loss}`).toBeLessThan(3e-5)
      }
      expect(relativeDifference((await session.evaluate(batch)).output, after)).toBeLessThan(1e-4)
      const state = await session.read()
      // How far a weight goes is rounded at each step: a bias' change is a few hundred times its last digit.
      for (const [name, expected] of Object.entries(moved))
        expect(Math.abs(distance(state[name] as Float32Array, weights[name]?.values as Float32Array) / expected - 1), name).toBeLessThan(
          0.01,
        )
      session.close()
    })
  })
})
