import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import type { Batch } from '../../src/data/dataset.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { randomOf } from '../../src/random.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import { openSession } from '../../src/train/session.ts'

/** Whatever a recipe may say of a layer and passes its check trains on every engine: else the check is to refuse it. */
const bodies: Record<string, string> = {
  'strides of two lengths':
    '{ kind: conv2d, filters: 3, kernel_size: 3, strides: [1, 2] }, { kind: conv2d, filters: 3, kernel_size: 3, strides: [3, 1], padding: same }',
  'strides larger than the window':
    '{ kind: conv2d, filters: 3, kernel_size: 1, strides: 3 }, { kind: max_pooling2d, pool_size: 1, strides: 2 }',
  'windows of two lengths':
    '{ kind: conv2d, filters: 3, kernel_size: [1, 3] }, { kind: conv2d, filters: 2, kernel_size: [5, 2], padding: same, activation: relu }',
  'a window as large as the image': '{ kind: conv2d, filters: 3, kernel_size: [12, 10] }',
  'a window larger than the image, with padding': '{ kind: conv2d, filters: 3, kernel_size: 15, padding: same }',
  'pools of two lengths that overlap':
    '{ kind: max_pooling2d, pool_size: [3, 2], strides: [1, 2] }, { kind: max_pooling2d, pool_size: 3, strides: 1, padding: same }',
  'averages of two lengths': '{ kind: average_pooling2d, pool_size: [2, 3], strides: [1, 2], padding: same }',
  'a pool larger than the image, with padding': '{ kind: max_pooling2d, pool_size: 20, padding: same }',
  'an average larger than the image, with padding': '{ kind: average_pooling2d, pool_size: 20, padding: same }',
  'padding of two widths': '{ kind: zero_padding2d, padding: [1, 3] }, { kind: conv2d, filters: 3, kernel_size: 3 }',
  'a normalization of nothing learned': 'batch_normalization, { kind: batch_normalization, center: false, scale: false }',
  'momentum of 0 and 1': '{ kind: batch_normalization, momentum: 0 }, { kind: batch_normalization, momentum: 1 }',
  'frozen layers': '{ kind: conv2d, filters: 3, kernel_size: 3, trainable: false }, { kind: batch_normalization, trainable: false }',
  'hardly any dropout, and nearly all': '{ kind: dropout, rate: 0 }, { kind: dropout, rate: 0.99 }',
  'one filter of one pixel': '{ kind: conv2d, filters: 1, kernel_size: 1 }, { kind: max_pooling2d, pool_size: [12, 10] }',
  penalties: '{ kind: conv2d, filters: 3, kernel_size: 3, kernel_regularizer: { l1: 0.1, l2: 0.1 } }',
  'zeros and ones':
    '{ kind: conv2d, filters: 3, kernel_size: 3, kernel_initializer: zeros, bias_initializer: ones }, { kind: conv2d, filters: 3, kernel_size: 3, kernel_initializer: ones }',
  'softmax of channels': '{ kind: conv2d, filters: 3, kernel_size: 3, activation: softmax }, { kind: activation, activation: softmax }',
  'every activation': ['relu', 'leaky_relu', 'elu', 'selu', 'gelu', 'silu', 'sigmoid', 'tanh', 'softplus']
    .map((activation) => `{ kind: activation, activation: ${activation} }`)
    .join(', '),
  branches: [
    '{ kind: conv2d, name: a, filters: 2, kernel_size: 3, padding: same }',
    '{ kind: conv2d, name: b, filters: 2, kernel_size: 3, padding: same, inputs: [input] }',
    '{ kind: add, name: sum, inputs: [a, b, a] }',
    '{ kind: multiply, name: product, inputs: [a, sum] }',
    '{ kind: average, name: mean, inputs: [product, b] }',
    '{ kind: concatenate, inputs: [mean, input] }',
  ].join(', '),
}

const BATCH = 3
const CLASSES = 4
const SHAPE = [12, 10, 2] as const

const specOf = async (body: string): Promise<Spec> => {
  const layers = `[${body}, flatten, batch_normalization, { kind: dense, units: ${CLASSES}, activation: softmax }]`
  const loaded = await loadRecipe('recipes/examples/quickstart.yaml', { set: [`model.layers=${layers}`] })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join())
  return (loaded.recipe.cells[0] as (typeof loaded.recipe.cells)[number]).spec
}

const { uniform, integer } = randomOf({ seed: 5, purpose: 'synthetic' })
const labels = Int32Array.from({ length: BATCH }, () => integer(CLASSES))
const y = new Float32Array(BATCH * CLASSES)
for (const [image, label] of labels.entries()) y[image * CLASSES + label] = 1
const pixels = SHAPE.reduce((product, extent) => product * extent, BATCH)
const batch: Batch = { size: BATCH, x: Float32Array.from({ length: pixels }, () => uniform() * 2 - 1), y, labels }

/** Losses of two steps, so that the second tells of gradients and updates. */
const lossesOf = async (engine: Awaited<ReturnType<typeof openEngine>>, { model, training, semantics }: Spec): Promise<number[]> => {
  const built = buildNetwork(model, [...SHAPE], CLASSES)
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join())
  const { network } = built
  const { optimizer, loss } = training
  const weights = initialWeights(network, 1)
  const session = await openSession({
    engine,
    network,
    optimizer,
    loss,
    semantics,
    precision: null,
    seed: 1,
    weights,
    trainSizes: [BATCH],
    evaluateSizes: [],
  })
  const losses: number[] = []
  for (let step = 1; step <= 2; step++) {
    const sampleWeight = new Float32Array(BATCH).fill(1)
    losses.push((await session.train({ batch, sampleWeight, learningRate: 0.01, step })).loss)
  }
  session.close()
  return losses
}

const available: readonly string[] = engineStatuses().flatMap((status) => (status.available ? [status.name] : []))
afterEach(() => vi.unstubAllEnvs())

describe.each([
  { name: 'native', step: 'compiled', backend: 'tensorflow' },
  { name: 'native', step: 'eager', backend: 'tensorflow' },
  { name: 'wasm', step: 'eager', backend: 'wasm' },
] as const)('on $name, $step', ({ name, step, backend }) => {
  test.runIf(available.includes(name)).each(Object.entries(bodies))('%s', async (_, body) => {
    vi.stubEnv('FERMENT_STEP', step)
    const engine = await openEngine({ engine: name })
    await tf.setBackend(backend)
    const losses = await lossesOf(engine, await specOf(body))
    expect(losses.every(Number.isFinite), String(losses)).toBe(true)
  })
})
