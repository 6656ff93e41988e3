import { beforeAll, describe, expect, test } from 'vitest'
import schema from '../../../../schema/recipe.schema.json' with { type: 'json' }
import type { Activation, Layer, Loss, Optimizer, OptimizerSgd, Semantics } from '../../../../schema/recipe.ts'
import { openEngine } from '../../../../src/engine/choose/select.ts'
import { engineStatuses } from '../../../../src/engine/choose/status.ts'
import { eagerProgram } from '../../../../src/engine/eager.ts'
import type { Arrays, Engine, Program, State } from '../../../../src/engine/engine.ts'
import { initialWeights } from '../../../../src/model/initial_weights.ts'
import { layers as layerTable } from '../../../../src/model/layers/table.ts'
import type { Network } from '../../../../src/model/network.ts'
import type { Precision } from '../../../../src/model/precision.ts'
import { isScaled, lossScaleState } from '../../../../src/train/loss_scale.ts'
import { losses as lossTable } from '../../../../src/train/losses/table.ts'
import { slotName } from '../../../../src/train/optimizers/apply_gradients.ts'
import { optimizerScalars, optimizerSlots, optimizers as optimizerTable, updatesWeights } from '../../../../src/train/optimizers/table.ts'
import { accumulateStep, evaluateStep, noiseInput, type StepSpec, scalarInput, trainStep } from '../../../../src/train/step.ts'
import { layer, modelOf, networkOf } from '../../../model/models.ts'
import { relativeDifference } from '../../../relative_difference.ts'
import { withDefaults } from '../../../schema_defaults.ts'
import { sixteenBits } from '../../sixteen_bits.ts'

const CLASSES = 3
const INPUT = [8, 8, 2]
const SIZES = { train: 5, rest: 3 }

/** A value for every number: the same everywhere, in (−1, 1), with no ties for a pool to decide. */
const wave = (length: number, phase: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 12.9898 + phase * 78.233))
const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

const initialState = (network: Network, optimizer: Optimizer): State => {
  const weights = initialWeights(network, 1)
  const slots = Object.entries(optimizerSlots(optimizer)).flatMap(([slot, start]) =>
    network.weights
      .filter(({ trainable }) => trainable)
      .map(({ name, shape }) => [slotName(slot, name), { shape, values: new Float32Array(elements(shape)).fill(start) }] as const),
  )
  const values = Object.entries(weights).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }] as const)
  return { ...Object.fromEntries(values), ...Object.fromEntries(slots) }
}

const batchOf = ({ network, optimizer, semantics }: StepSpec, size: number, step: number): Arrays => ({
  x: wave(size * elements(network.inputShape), step),
  y: Float32Array.from({ length: size * CLASSES }, (_, at) => Number(at % CLASSES === (Math.floor(at / CLASSES) + step) % CLASSES)),
  sample_weight: Float32Array.from({ length: size }, (_, at) => 0.5 + at / size),
  learning_rate: Float32Array.of(optimizer.learning_rate),
  ...Object.fromEntries(
    network.noise.map(({ name, shape }) => [noiseInput(name), wave(size * elements(shape), step).map((v) => (v > 0 ? 2 : 0))]),
  ),
  ...Object.fromEntries(
    Object.entries(optimizerScalars(optimizer, step, semantics)).map(([name, value]) => [scalarInput(name), Float32Array.of(value)]),
  ),
})

/** Four steps, one of them on a smaller batch, and an evaluation: all that came out, by name. */
const trace = async (program: Program, spec: StepSpec): Promise<Record<string, Float32Array>> => {
  const seen: Record<string, Float32Array> = {}
  for (const step of [1, 2, 3, 4]) {
    const name = step === 3 ? 'rest' : 'train'
    const kind = updatesWeights(spec.optimizer, step) ? name : `${name}, accumulated`
    const { loss, correct } = await program.call(kind, batchOf(spec, SIZES[name], step))
    Object.assign(seen, { [`loss ${step}`]: loss, [`correct ${step}`]: correct })
  }
  const { x, y } = batchOf(spec, SIZES.train, 9) as { x: Float32Array; y: Float32Array }
  Object.assign(seen, await program.call('evaluate', { x, y }), await program.read())
  program.dispose()
  return seen
}

const functionsOf = (spec: StepSpec) => ({
  train: trainStep(spec, SIZES.train),
  rest: trainStep(spec, SIZES.rest),
  ...(spec.optimizer.gradient_accumulation_steps > 1
    ? { 'train, accumulated': accumulateStep(spec, SIZES.train), 'rest, accumulated': accumulateStep(spec, SIZES.rest) }
    : {}),
  evaluate: evaluateStep(spec, SIZES.train),
})

/** Relative to the larger of 1 and the largest value. */
const distance = (actual: Float32Array, expected: Float32Array): number => relativeDifference(actual, expected, 1)

const sgd = withDefaults<OptimizerSgd>('optimizer', { kind: 'sgd', learning_rate: 0.01, weight_decay: 0, momentum: 0, nesterov: false })
const crossentropy: Loss = { kind: 'categorical_crossentropy', label_smoothing: 0 }
const softmax = { kind: 'dense', units: CLASSES, activation: 'softmax' } as const
const conv = (changes: object = {}) =>
  ({ kind: 'conv2d', filters: 4, kernel_size: 3, padding: 'same', ...changes }) as Parameters<typeof layer>[0]

const HEADS: Record<string, Layer[]> = { flat: [layer({ kind: 'flatten' }), layer(softmax)], dense: [layer(softmax)] }
const model = (...specs: Parameters<typeof modelOf>) => modelOf(...specs, ...(HEADS.flat as Layer[]))

/** At least one model a kind of layer; the key begins with the kind. */
const LAYERS: Record<string, { layers: Layer[] }> = {
  conv2d: model(conv({ activation: 'relu' })),
  'conv2d valid, strided, no bias': model(conv({ padding: 'valid', strides: 2, use_bias: false })),
  'conv2d same, strided, regularized': model(conv({ strides: [2, 1], kernel_size: [3, 2], kernel_regularizer: { l1: 1e-3, l2: 1e-2 } })),
  'conv2d, frozen': model(conv({ trainable: false }), conv()),
  dense: model({ kind: 'flatten' }, { kind: 'dense', units: 6, activation: 'relu' }),
  flatten: model({ kind: 'flatten' }),
  dropout: model(conv(), { kind: 'dropout', rate: 0.5 }),
  max_pooling2d: model(conv(), { kind: 'max_pooling2d' }),
  'max_pooling2d same, overlapping': model(conv(), { kind: 'max_pooling2d', pool_size: 3, strides: 2, padding: 'same' }),
  average_pooling2d: model(conv(), { kind: 'average_pooling2d' }),
  'average_pooling2d same, overlapping': model(conv(), { kind: 'average_pooling2d', pool_size: [3, 2], strides: [2, 1], padding: 'same' }),
  global_average_pooling2d: modelOf(conv(), { kind: 'global_average_pooling2d' }, softmax),
  global_max_pooling2d: modelOf(conv(), { kind: 'global_max_pooling2d' }, softmax),
  batch_normalization: model(conv(), { kind: 'batch_normalization' }),
  'batch_normalization, dense': model(
    { kind: 'flatten' },
    { kind: 'dense', units: 6 },
    { kind: 'batch_normalization', center: false, scale: false },
  ),
  activation: model(conv(), { kind: 'activation', activation: 'relu' }),
  zero_padding2d: model({ kind: 'zero_padding2d', padding: [1, 2] }, conv({ padding: 'valid' })),
  add: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'add', inputs: ['a', 'b'] }),
  multiply: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'multiply', inputs: ['a', 'b'] }),
  average: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'average', inputs: ['a', 'b'] }),
  concatenate: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'concatenate', inputs: ['a', 'b'] }),
  vgg16: model({ kind: 'vgg16', weights: null }),
  'conv2d, dilated': model(conv({ dilation_rate: [2, 3] })),
  'conv2d in groups': model(conv(), conv({ groups: 2 })),
  depthwise_conv2d: model({ kind: 'depthwise_conv2d', kernel_size: 3, strides: 2, padding: 'same', depth_multiplier: 2 }),
  'depthwise_conv2d, dilated': model({ kind: 'depthwise_conv2d', kernel_size: 3, dilation_rate: 2 }),
  separable_conv2d: model({ kind: 'separable_conv2d', filters: 4, kernel_size: 3, padding: 'same', activation: 'relu' }),
  conv2d_transpose: model({ kind: 'conv2d_transpose', filters: 4, kernel_size: 3, strides: 2, padding: 'same' }),
  'conv2d_transpose valid': model({ kind: 'conv2d_transpose', filters: 4, kernel_size: 3, strides: 2 }),
  spatial_dropout2d: model(conv(), { kind: 'spatial_dropout2d', rate: 0.5 }),
  gaussian_noise: model(conv(), { kind: 'gaussian_noise', stddev: 0.5 }),
  gaussian_dropout: model(conv(), { kind: 'gaussian_dropout', rate: 0.5 }),
  drop_path: model(conv(), { kind: 'drop_path', rate: 0.5 }),
  layer_normalization: model(conv(), { kind: 'layer_normalization' }),
  group_normalization: model(conv(), { kind: 'group_normalization', groups: 2 }),
  up_sampling2d: model(conv(), { kind: 'up_sampling2d' }),
  'up_sampling2d bilinear': model(conv(), { kind: 'up_sampling2d', size: [2, 3], interpolation: 'bilinear' }),
  cropping2d: model(conv(), { kind: 'cropping2d', cropping: [1, 2] }),
  reshape: model(conv(), { kind: 'reshape', target_shape: [4, -1, 4] }, conv()),
  permute: model(conv(), { kind: 'permute', dims: [3, 1, 2] }, conv()),
  rescaling: model({ kind: 'rescaling', scale: 0.5, offset: 0.1 }, conv()),
  relu: model(conv(), { kind: 'relu', max_value: 6, negative_slope: 0.1, threshold: 0.2 }),
  leaky_relu: model(conv(), { kind: 'leaky_relu' }),
  prelu: model(conv(), { kind: 'prelu', alpha_initializer: 'ones', shared_axes: [1, 2] }),
  elu: model(conv(), { kind: 'elu', alpha: 0.5 }),
  softmax: modelOf({ kind: 'flatten' }, { kind: 'dense', units: CLASSES }, { kind: 'softmax' }),
  subtract: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'subtract', inputs: ['a', 'b'] }),
  maximum: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'maximum', inputs: ['a', 'b'] }),
  minimum: model(conv({ name: 'a' }), conv({ name: 'b' }), { kind: 'minimum', inputs: ['a', 'b'] }),
  dot: modelOf(
    { kind: 'flatten', name: 'all' },
    { kind: 'dense', name: 'a', units: 4, inputs: ['all'] },
    { kind: 'dense', name: 'b', units: 4, inputs: ['all'] },
    { kind: 'dot', normalize: true, inputs: ['a', 'b'] },
    softmax,
  ),
}

const ACTIVATIONS = schema.$defs.activation.enum as Activation[]

const LOSSES: Loss[] = [
  crossentropy,
  { kind: 'categorical_crossentropy', label_smoothing: 0.1 },
  { kind: 'categorical_focal_crossentropy', alpha: 0.25, gamma: 2 },
  { kind: 'mean_squared_error' },
  { kind: 'binary_crossentropy', label_smoothing: 0.1 },
  { kind: 'kl_divergence' },
]

const optimizer = (given: { kind: Optimizer['kind'] } & Record<string, unknown>) => withDefaults<Optimizer>('optimizer', given)
const OPTIMIZERS: Optimizer[] = [
  sgd,
  { ...sgd, weight_decay: 0.01 },
  { ...sgd, momentum: 0.9 },
  { ...sgd, momentum: 0.9, nesterov: true },
  optimizer({ kind: 'adam', epsilon: 1e-3 }),
  optimizer({ kind: 'adam', epsilon: 1e-3, weight_decay: 0.01 }),
  optimizer({ kind: 'adam', epsilon: 1e-3, amsgrad: true }),
  optimizer({ kind: 'adamw', epsilon: 1e-3, exclude_from_weight_decay: ['bias'] }),
  optimizer({ kind: 'nadam', epsilon: 1e-3 }),
  optimizer({ kind: 'adamax', epsilon: 1e-3 }),
  optimizer({ kind: 'radam', epsilon: 1e-3, beta_2: 0.5 }),
  optimizer({ kind: 'lion' }),
  optimizer({ kind: 'rmsprop', learning_rate: 0.01, epsilon: 1e-3 }),
  optimizer({ kind: 'rmsprop', learning_rate: 0.01, epsilon: 1e-3, momentum: 0.9 }),
  optimizer({ kind: 'rmsprop', learning_rate: 0.01, epsilon: 1e-3, centered: true }),
  optimizer({ kind: 'adagrad', learning_rate: 0.01, epsilon: 1e-3 }),
  optimizer({ kind: 'adadelta', epsilon: 1e-3 }),
  // What any of them can be told beside its own.
  { ...sgd, momentum: 0.9, weight_decay: 0.01, coupled_weight_decay: true },
  { ...sgd, momentum: 0.9, clipnorm: 0.01 },
  { ...sgd, momentum: 0.9, global_clipnorm: 0.01 },
  { ...sgd, momentum: 0.9, clipvalue: 0.001 },
  { ...sgd, momentum: 0.9, gradient_accumulation_steps: 2 },
  { ...sgd, momentum: 0.9, use_ema: true, ema_overwrite_frequency: 2 },
  optimizer({ kind: 'adam', epsilon: 1e-3, gradient_accumulation_steps: 2, use_ema: true, global_clipnorm: 0.01, weight_decay: 0.01 }),
]

const kindsOf = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.split(/[ ,]/)[0] as string))].sort()

test('every kind of the recipe language has its case', () => {
  expect(kindsOf(Object.keys(LAYERS))).toEqual(Object.keys(layerTable).sort())
  expect(kindsOf(LOSSES.map(({ kind }) => kind))).toEqual(Object.keys(lossTable).sort())
  expect(kindsOf(OPTIMIZERS.map(({ kind }) => kind))).toEqual(Object.keys(optimizerTable).sort())
})

describe.runIf(engineStatuses()[0]?.available)('compiled equals eager', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ engine: 'native' })
  })

  const compare = async (spec: Partial<StepSpec> & Pick<StepSpec, 'network'>, tolerance = 1e-6) => {
    const full: StepSpec = { optimizer: sgd, loss: crossentropy, semantics: 'keras-3' as Semantics, precision: null, ...spec }
    const compiled = await engine.load(functionsOf(full), initialState(full.network, full.optimizer))
    expect(compiled.uncompiled).toBeUndefined()
    const [actual, expected] = [
      await trace(compiled, full),
      await trace(eagerProgram(functionsOf(full), initialState(full.network, full.optimizer)), full),
    ]
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, value] of Object.entries(expected))
      expect(distance(actual[name] as Float32Array, value), name).toBeLessThanOrEqual(tolerance)
  }
  const small = modelOf({ kind: 'flatten' }, { kind: 'dense', units: 6, activation: 'tanh' }, softmax)

  test.each(Object.entries(LAYERS))('layer %s', async (_, { layers }) => {
    const inputShape = layers[0]?.kind === 'vgg16' ? [32, 32, 3] : INPUT
    await compare({ network: networkOf({ layers }, inputShape, CLASSES) })
  })

  test.each(ACTIVATIONS)('activation %s', async (activation) => {
    await compare({ network: networkOf(model(conv({ activation }), { kind: 'activation', activation }), INPUT, CLASSES) })
  })

  test.each(LOSSES)('loss %o', async (loss) => {
    await compare({ network: networkOf(small, INPUT, CLASSES), loss })
  })

  describe.each(['keras-3', 'keras-2.4'] as const)('%s', (semantics) => {
    test.each(OPTIMIZERS)('optimizer %o', async (optimizer) => {
      // TensorFlow's Adam rounds 1 − β₂ otherwise than Keras 3's (src/train/optimizers/adam.ts): millionths of a step.
      const tolerance = optimizer.kind === 'adam' && semantics === 'keras-3' ? 3e-6 : 1e-6
      await compare({ network: networkOf(small, INPUT, CLASSES), optimizer, semantics }, tolerance)
    })
  })

  /** TensorFlow has every operation in both types: what is computed is near what float32 gives, as near as so few bits can be. */
  describe.runIf(sixteenBits).each(['bfloat16', 'float16'] as const)('works in %s', (type) => {
    const near = async (network: Network) => {
      const compiled = async (precision: Precision) => {
        const full: StepSpec = { network, optimizer: sgd, loss: crossentropy, semantics: 'keras-3', precision }
        const state = { ...lossScaleState(precision), ...initialState(network, sgd) }
        const program = await engine.load(functionsOf(full), state)
        expect(program.uncompiled).toBeUndefined()
        // Keras' first factor is too large for some of these: their first steps would be skipped.
        if (isScaled(precision)) await program.write({ 'loss_scale/scale': Float32Array.of(128) })
        return trace(program, full)
      }
      const [actual, expected] = [await compiled({ type, arithmetic: 'native' }), await compiled(null)]
      for (const [name, value] of Object.entries(expected).filter(([name]) => !name.startsWith('correct')))
        expect(distance(actual[name] as Float32Array, value), name).toBeLessThanOrEqual(type === 'bfloat16' ? 5e-2 : 1e-2)
    }

    // VGG16 is of convolutions and poolings alone, and takes a minute.
    test.each(Object.entries(LAYERS).filter(([name]) => name !== 'vgg16'))('layer %s', async (_, { layers }) => {
      await near(networkOf({ layers }, INPUT, CLASSES))
    })

    test.each(ACTIVATIONS)('activation %s', async (activation) => {
      await near(networkOf(model(conv({ activation }), { kind: 'activation', activation }), INPUT, CLASSES))
    })
  })
})
