import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Layer, Semantics } from '../../../schema/recipe.ts'
import { activations } from '../../../src/model/activations.ts'
import { layers, rowOf } from '../../../src/model/layers/table.ts'
import { policyOf } from '../../../src/model/precision.ts'
import { randomOf } from '../../../src/random.ts'
import { describeBackends, loadBackends } from '../../engine/backends.ts'
import golden from '../../golden/layers.json' with { type: 'json' }
import { relativeDifference } from '../../relative_difference.ts'
import { withDefaults } from '../../schema_defaults.ts'

type Plain = { shape: number[]; values: number[] }
type Case = {
  semantics: Semantics
  layer: Layer
  training: boolean
  inputs: Plain[]
  weights: Record<string, Plain>
  output: Plain
  moved: Record<string, Plain>
  cotangent: Plain
  input_gradients: Plain[]
  weight_gradients: Record<string, Plain>
}
const cases = (golden.cases as unknown as Case[]).map((one) => ({
  ...one,
  given: one.layer,
  layer: withDefaults<Layer>('layer', { ...one.layer }),
}))

const NAME = 'tested'
const tensorOf = ({ shape, values }: Plain) => tf.tensor(values, shape)
const byName = <T, U>(record: Record<string, T>, change: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([part, value]) => [`${NAME}/${part}`, change(value)]))

const policy = policyOf(null)

const expectClose = async (actual: tf.Tensor, expected: Plain) => {
  expect(actual.shape).toEqual(expected.shape)
  expect(relativeDifference(await actual.data(), expected.values, 1e-3)).toBeLessThan(2e-6)
}

const run = ({ layer, semantics, training }: Case, inputs: readonly tf.Tensor[], weights: Record<string, tf.Tensor>) => {
  const row = rowOf(layer)
  const result = row.forward({ spec: layer, name: NAME, inputs, weights, noise: {}, training, semantics, policy })
  return { ...result, output: activations[row.activation?.(layer) ?? 'linear'](result.output) }
}

const label = ({ given, training, semantics }: Case & { given: Layer }) =>
  `${given.kind} ${Object.entries(given)
    .filter(([key]) => key !== 'kind')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')} ${training ? '' : 'inference '}${semantics}`

beforeAll(loadBackends)

describeBackends('as Keras', (backend) => {
  beforeAll(() => tf.setBackend(backend))

  test.each(cases.map((which) => [label(which), which] as const))('%s', async (_label, which) => {
    const inputs = which.inputs.map(tensorOf)
    const weights = byName(which.weights, tensorOf)
    const sources = which.inputs.map(({ shape }, index) => ({ name: `input${index}`, shape: shape.slice(1) }))
    expect(rowOf(which.layer).outputShape(which.layer, sources)).toEqual(which.output.shape.slice(1))
    const specs = rowOf(which.layer).weights?.(which.layer, sources, NAME) ?? []
    expect(Object.fromEntries(specs.map(({ name, shape }) => [name, shape]))).toEqual(byName(which.weights, ({ shape }) => shape))

    const { output, updates } = run(which, inputs, weights)
    await expectClose(output, which.output)
    for (const [part, value] of Object.entries(byName(which.moved, (moved) => moved))) {
      await expectClose(updates?.[part] ?? (weights[part] as tf.Tensor), value)
    }

    const trained = Object.keys(which.weight_gradients).map((part) => `${NAME}/${part}`)
    const total = (...changing: tf.Tensor[]) => {
      const changed = Object.fromEntries(trained.map((name, index) => [name, changing[inputs.length + index] as tf.Tensor]))
      const { output: y } = run(which, changing.slice(0, inputs.length), { ...weights, ...changed })
      return tf.sum(tf.mul(y, tensorOf(which.cotangent)))
    }
    const gradients = tf.grads(total)([...inputs, ...trained.map((name) => weights[name] as tf.Tensor)])
    const expected = [...which.input_gradients, ...Object.values(which.weight_gradients)]
    for (const [index, gradient] of gradients.entries()) await expectClose(gradient, expected[index] as Plain)
  })
})

test('every kind is compared with Keras, but those that have their own test', () => {
  const compared = new Set(cases.map(({ layer }) => layer.kind))
  expect(Object.keys(layers).filter((kind) => !compared.has(kind as Layer['kind']))).toEqual([
    'dropout',
    'vgg16',
    'spatial_dropout2d',
    'gaussian_noise',
    'gaussian_dropout',
    'drop_path',
  ])
})

test('a global maximum that several places share gives each of them its part of the gradient, as TensorFlow', async () => {
  const row = rowOf({ kind: 'global_max_pooling2d' })
  const forward = (x: tf.Tensor) =>
    row.forward({
      spec: { kind: 'global_max_pooling2d' },
      name: NAME,
      inputs: [x],
      weights: {},
      noise: {},
      training: true,
      semantics: 'keras-3',
      policy,
    }).output
  const gradient = tf.grad((x: tf.Tensor) => forward(x))(tf.tensor([3, 1, 3, 2], [1, 2, 2, 1]))
  expect([...(await gradient.data())]).toEqual([0.5, 0, 0.5, 0])
})

describe('dropout', () => {
  const layer = { kind: 'dropout', rate: 0.5 } as const
  const forward = (training: boolean) =>
    rowOf(layer).forward({
      spec: layer,
      name: NAME,
      inputs: [tf.tensor([[1, 2, 3, 4]])],
      weights: {},
      noise: { [NAME]: tf.tensor([[0, 2, 2, 0]]) },
      training,
      semantics: 'keras-3',
      policy,
    }).output

  test('multiplies by its mask while training, and does nothing else', async () => {
    expect([...(await forward(true).data())]).toEqual([0, 4, 6, 0])
    expect([...(await forward(false).data())]).toEqual([1, 2, 3, 4])
  })

  test('asks for a mask of its input, unless the rate is 0', () => {
    const inputs = [{ name: 'a', shape: [4] }]
    expect(rowOf(layer).noise?.(layer, inputs, NAME)).toMatchObject([{ name: NAME, shape: [4] }])
    expect(rowOf(layer).noise?.({ ...layer, rate: 0 }, inputs, NAME)).toEqual([])
  })

  test('its mask is zero as often as the rate says, else 1/(1−rate); the numbers of a seed stay as they are', () => {
    const [noise] = rowOf(layer).noise?.({ ...layer, rate: 0.2 }, [{ name: 'a', shape: [4] }], NAME) ?? []
    const mask = new Float32Array(20_000)
    noise?.fill(mask, randomOf({ seed: 0, purpose: 'dropout', at: [NAME, 1] }))
    expect(new Set(mask)).toEqual(new Set([0, 1.25]))
    expect(mask.filter((value) => value === 0).length / mask.length).toBeCloseTo(0.2, 2)
    expect([...mask.subarray(0, 8)]).toEqual([1.25, 1.25, 1.25, 1.25, 1.25, 0, 1.25, 1.25])
  })
})

describe('random layers', () => {
  const noiseOf = (layer: Layer, shape: number[]) => rowOf(layer).noise?.(layer, [{ name: 'a', shape }], NAME) ?? []
  const drawn = (layer: Layer, shape: number[], count: number) => {
    const values = new Float32Array(count)
    noiseOf(layer, shape)[0]?.fill(values, randomOf({ seed: 0, purpose: 'dropout', at: [NAME, 1] }))
    return values
  }
  const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const deviationOf = (values: Float32Array) => Math.sqrt(meanOf(values.map((value) => (value - meanOf(values)) ** 2)))

  test.each<[Layer, number[]]>([
    [{ kind: 'spatial_dropout2d', rate: 0.25 }, [1, 1, 6]],
    [{ kind: 'drop_path', rate: 0.25 }, [1, 1, 1]],
    [{ kind: 'gaussian_dropout', rate: 0.25 }, [4, 5, 6]],
    [{ kind: 'gaussian_noise', stddev: 0.25 }, [4, 5, 6]],
  ])('%j has a number for each of %j, and none without noise', (layer, shape) => {
    expect(noiseOf(layer, [4, 5, 6])).toMatchObject([{ name: NAME, shape }])
    expect(noiseOf({ ...layer, rate: 0, stddev: 0 } as unknown as Layer, [4, 5, 6])).toEqual([])
  })

  test('masks are 0 or 1/(1−rate), noise has the mean and the deviation that Keras says', () => {
    expect(new Set(drawn({ kind: 'spatial_dropout2d', rate: 0.2 }, [4, 5, 6], 999))).toEqual(new Set([0, 1.25]))
    expect(new Set(drawn({ kind: 'drop_path', rate: 0.2 }, [4], 999))).toEqual(new Set([0, 1.25]))
    const factors = drawn({ kind: 'gaussian_dropout', rate: 0.2 }, [4], 50_000)
    expect([meanOf(factors), deviationOf(factors)].map((value) => value.toFixed(2))).toEqual(['1.00', '0.50'])
    const noise = drawn({ kind: 'gaussian_noise', stddev: 0.3 }, [4], 50_000)
    expect([Math.abs(meanOf(noise)), deviationOf(noise)].map((value) => value.toFixed(2))).toEqual(['0.00', '0.30'])
  })

  test.each<[Layer, number[][]]>([
    [
      { kind: 'spatial_dropout2d', rate: 0.5 },
      [
        [0, 4],
        [0, 8],
      ],
    ],
    [
      { kind: 'gaussian_noise', stddev: 1 },
      [
        [1, 4],
        [3, 6],
      ],
    ],
  ])('%j uses its noise while training only', async (layer, expected) => {
    const forward = (training: boolean) =>
      rowOf(layer).forward({
        spec: layer,
        name: NAME,
        inputs: [tf.tensor4d([1, 2, 3, 4], [1, 2, 1, 2])],
        weights: {},
        noise: { [NAME]: tf.tensor4d([0, 2], [1, 1, 1, 2]) },
        training,
        semantics: 'keras-3',
        policy,
      }).output
    expect([...(await forward(true).data())]).toEqual(expected.flat())
    expect([...(await forward(false).data())]).toEqual([1, 2, 3, 4])
  })
})
