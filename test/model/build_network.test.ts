import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../schema/recipe.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import { layers } from '../../src/model/layers/table.ts'
import { BASE_CNN, layer, modelOf, networkOf, VGG16_NET } from './models.ts'

const GRAY = [48, 48, 1]
const total = (network: ReturnType<typeof networkOf>) => network.layers.reduce((sum, { parameters }) => sum + parameters, 0)

describe("the paper's networks", () => {
  test('base CNN: 5,127,495 parameters', () => {
    const network = networkOf(BASE_CNN, GRAY)
    expect(total(network)).toBe(5_127_495)
    expect(network.layers.slice(-5).map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ['max_pooling2d_3', [3, 3, 512]],
      ['flatten', [4608]],
      ['dense', [128]],
      ['dropout', [128]],
      ['dense_1', [7]],
    ])
    expect(network.noise).toMatchObject([{ name: 'dropout', shape: [128] }])
    expect(network.outputActivation).toBe('softmax')
  })

  test("VGG16: 14,781,255 parameters, with Keras' names and the published tensors", () => {
    const network = networkOf(VGG16_NET, [48, 48, 3])
    expect(total(network)).toBe(14_781_255)
    expect(network.layers[0]).toEqual({
      name: 'block1_conv1',
      kind: 'conv2d',
      outputShape: [48, 48, 64],
      parameters: 1792,
      trainableParameters: 1792,
    })
    expect(network.layers[17]).toMatchObject({ name: 'block5_pool', kind: 'max_pooling2d', outputShape: [1, 1, 512], parameters: 0 })
    const published = network.weights.filter(({ pretrained }) => pretrained)
    expect(published).toHaveLength(26)
    expect(published.every(({ name, pretrained }) => name === pretrained?.tensor)).toBe(true)
  })

  test('VGG16 frozen, with fresh weights, twice', () => {
    const frozen = networkOf(modelOf({ kind: 'vgg16', trainable: false, weights: null }, ...VGG16_NET.layers.slice(1)), [48, 48, 3])
    expect(frozen.layers[0]).toMatchObject({ parameters: 1792, trainableParameters: 0 })
    expect(frozen.weights.slice(0, 26).every(({ trainable, pretrained }) => !trainable && !pretrained)).toBe(true)
    const twice = modelOf(
      { kind: 'vgg16' },
      { kind: 'vgg16', name: 'other', inputs: ['input'] },
      { kind: 'add', inputs: ['vgg16', 'other'] },
      { kind: 'flatten' },
      { kind: 'dense', units: 7 },
    )
    const names = networkOf(twice, [48, 48, 3]).weights.map(({ name }) => name)
    expect(names).toContain('block1_conv1/kernel')
    expect(names).toContain('other/block1_conv1/kernel')
  })
})

describe('names and graph', () => {
  test("layers without a name get Keras' names, around those of the recipe", () => {
    const model = modelOf(
      { kind: 'conv2d', filters: 2, kernel_size: 1 },
      { kind: 'conv2d', filters: 2, kernel_size: 1, name: 'conv2d_1' },
      { kind: 'conv2d', filters: 2, kernel_size: 1 },
      { kind: 'flatten' },
      { kind: 'dense', units: 7 },
    )
    expect(networkOf(model, GRAY).layers.map(({ name }) => name)).toEqual(['conv2d', 'conv2d_1', 'conv2d_2', 'flatten', 'dense'])
  })

  test('a residual block', () => {
    const model = modelOf(
      { kind: 'conv2d', filters: 4, kernel_size: 3, padding: 'same', name: 'a' },
      { kind: 'batch_normalization' },
      { kind: 'add', inputs: ['a', 'batch_normalization'] },
      { kind: 'concatenate', inputs: ['add', 'input'] },
      { kind: 'global_average_pooling2d' },
      { kind: 'dense', units: 7, activation: 'softmax' },
    )
    const network = networkOf(model, GRAY)
    expect(network.layers[3]?.outputShape).toEqual([48, 48, 5])
    expect(network.weights.filter(({ trainable }) => !trainable).map(({ name }) => name)).toEqual([
      'batch_normalization/moving_mean',
      'batch_normalization/moving_variance',
    ])
  })
})

const pool = { kind: 'max_pooling2d' } as const
const end = { kind: 'dense', units: 7 } as const
const tiny = { kind: 'conv2d', filters: 2, kernel_size: 3 } as const

/** A model, and what is wrong with it: code, path and words that the message must have. */
const MISTAKES: [string, Model, number[], [string, (string | number)[], RegExp][]][] = [
  [
    'a pool on 1×1',
    modelOf(pool, pool, pool, pool, pool, pool, { kind: 'flatten' }, end),
    GRAY,
    [['window_too_large', ['layers', 5, 'pool_size'], /^Layer 6 \(max_pooling2d_5\) has a window of 2×2, but the image has become 1×1/]],
  ],
  [
    'a kernel larger than the image',
    modelOf({ ...tiny, kernel_size: [3, 50], name: 'wide' }, { kind: 'flatten' }, end),
    GRAY,
    [['window_too_large', ['layers', 0, 'kernel_size'], /^Layer 1 \(conv2d "wide"\) has a window of 3×50, .* 48×48/]],
  ],
  [
    'no flatten',
    modelOf(tiny, { kind: 'dense', units: 16 }, end),
    GRAY,
    [['needs_vector', ['layers', 1], /^Layer 2 \(dense\) needs a vector, but conv2d gives an image of 46×46×2\.$/]],
  ],
  [
    'a convolution after flatten',
    modelOf({ kind: 'flatten' }, tiny, end),
    GRAY,
    [['needs_image', ['layers', 1], /flatten gives a vector of 2304 numbers/]],
  ],
  [
    'unequal shapes',
    modelOf(tiny, { kind: 'add', inputs: ['input', 'conv2d'] }, { kind: 'flatten' }, end),
    GRAY,
    [['shapes_differ', ['layers', 1, 'inputs'], /input gives 48×48×1 and conv2d 46×46×2/]],
  ],
  [
    'concatenation of unequal images',
    modelOf(tiny, { kind: 'concatenate', inputs: ['input', 'conv2d'] }, { kind: 'flatten' }, end),
    GRAY,
    [['shapes_differ', ['layers', 1, 'inputs'], /channels only, but input gives 48×48×1 and conv2d 46×46×2/]],
  ],
  [
    'a misspelt input',
    modelOf({ ...tiny, name: 'block1' }, { kind: 'flatten', inputs: ['blok1'] }, end),
    GRAY,
    [['unknown_layer', ['layers', 1, 'inputs', 0], /^There is no layer "blok1"\.$/]],
  ],
  [
    'an input from below, and itself',
    modelOf({ ...tiny, inputs: ['late'] }, { kind: 'flatten', inputs: ['flatten'] }, { ...end, name: 'late' }),
    GRAY,
    [
      ['layer_not_above', ['layers', 0, 'inputs', 0], /"late" is layer 3/],
      ['layer_not_above', ['layers', 1, 'inputs', 0], /"flatten" is layer 2/],
    ],
  ],
  [
    'one name twice, and that of the image',
    modelOf({ ...tiny, name: 'a' }, { ...tiny, name: 'a' }, { kind: 'flatten', name: 'input' }, end),
    GRAY,
    [
      ['duplicate_layer_name', ['layers', 1, 'name'], /^Layer 1 is named "a" already/],
      ['reserved_layer_name', ['layers', 2, 'name'], /"input" is that of the image/],
    ],
  ],
  [
    'a name of a VGG16 within',
    modelOf({ kind: 'conv2d', filters: 3, kernel_size: 1, name: 'block2_conv1' }, { kind: 'vgg16' }, { kind: 'flatten' }, end),
    GRAY,
    [['duplicate_layer_name', ['layers', 1], /Layers 1 and 2 both have a layer "block2_conv1"/]],
  ],
  [
    'a merge of nothing, of one; two inputs for one',
    modelOf(tiny, { kind: 'add' }, { kind: 'multiply', inputs: ['conv2d'] }, { kind: 'flatten', inputs: ['conv2d', 'input'] }, end),
    GRAY,
    [
      ['needs_inputs', ['layers', 1], /^Layer 2 \(add\) needs two or more inputs\.$/],
      ['needs_inputs', ['layers', 2, 'inputs'], /^Layer 3 \(multiply\)/],
      ['too_many_inputs', ['layers', 3, 'inputs'], /^Layer 4 \(flatten\) takes one input, not 2\.$/],
    ],
  ],
  [
    'an output that nothing takes',
    modelOf(tiny, { kind: 'flatten', inputs: ['input'] }, end),
    GRAY,
    [['unused_layer', ['layers', 0], /^No layer takes the output of layer 1 \(conv2d\)\.$/]],
  ],
  [
    'too few outputs',
    modelOf({ kind: 'flatten' }, { ...end, units: 6 }),
    GRAY,
    [['output_classes', ['layers', 1, 'units'], /^The last layer, dense, gives 6 numbers, but the data has 7 classes\.$/]],
  ],
  [
    'an image as output',
    modelOf(tiny),
    GRAY,
    [['output_not_vector', ['layers', 0], /gives an image of 46×46×2; it must give one number per class, 7/]],
  ],
  [
    'VGG16 on gray images',
    modelOf({ kind: 'vgg16' }, { kind: 'flatten' }, end),
    GRAY,
    [['vgg16_channels', ['layers', 0], /needs an image of 3 channels, but its input has 1/]],
  ],
  [
    'VGG16 on small images',
    modelOf({ kind: 'vgg16' }, { kind: 'flatten' }, end),
    [31, 40, 3],
    [['vgg16_image_too_small', ['layers', 0], /at least 32×32, but its input is 31×40/]],
  ],
  [
    'a slip of the pen',
    modelOf({ kind: 'flatten' }, { kind: 'dense', units: 1e9 }, end),
    GRAY,
    [['too_many_parameters', ['layers', 1], /2\.3T parameters; at most 500M/]],
  ],
  [
    'many large layers',
    modelOf({ kind: 'flatten' }, ...Array.from({ length: 4 }, () => ({ kind: 'dense', units: 15000 }) as const), end),
    GRAY,
    [['too_many_parameters', ['layers'], /^The network has 710M parameters/]],
  ],
  [
    'an image that grows',
    modelOf({ kind: 'zero_padding2d', padding: 20000 }, { kind: 'global_max_pooling2d' }, end),
    GRAY,
    [['output_too_large', ['layers', 0], /40048×40048×1 numbers/]],
  ],
  [
    'nothing to train',
    modelOf({ kind: 'flatten' }, { ...end, trainable: false }),
    GRAY,
    [['nothing_to_train', ['layers'], /^No layer has a weight that training could change\.$/]],
  ],
  [
    'two independent mistakes, and none that only follows',
    modelOf({ ...tiny, kernel_size: 99 }, { kind: 'flatten' }, { kind: 'dense', units: 64 }, { ...end, units: 8, inputs: ['dens'] }),
    GRAY,
    [
      ['window_too_large', ['layers', 0, 'kernel_size'], /99×99/],
      ['unknown_layer', ['layers', 3, 'inputs', 0], /"dens"/],
    ],
  ],
  [
    'a missing flatten does not hide the wrong number of outputs',
    modelOf(tiny, { ...end, units: 8 }),
    GRAY,
    [
      ['needs_vector', ['layers', 1], /conv2d gives an image/],
      ['output_classes', ['layers', 1, 'units'], /8 numbers/],
    ],
  ],
]

describe('what does not fit', () => {
  test.each(MISTAKES)('%s', (_name, model, inputShape, expected) => {
    const built = buildNetwork(model, inputShape, 7)
    const problems = built.ok ? [] : built.problems
    expect(problems.map(({ code, at }) => [code, at])).toEqual(expected.map(([code, at]) => [code, at]))
    for (const [index, [, , message]] of expected.entries()) expect(problems[index]?.message).toMatch(message)
  })

  test('the nearest name is offered, or all there are', () => {
    const hints = ['blok1', 'xyz'].map((name) => {
      const built = buildNetwork(modelOf({ ...tiny, name: 'block1' }, { kind: 'flatten', inputs: [name] }, end), GRAY, 7)
      return built.ok ? null : built.problems[0]?.hint
    })
    expect(hints).toEqual(['Did you mean "block1"?', 'The layers above are: input, block1.'])
  })

  test('the layers before the first problem are shown', () => {
    const built = buildNetwork(modelOf(tiny, pool, { kind: 'dense', units: 3 }, end), GRAY, 7)
    expect(built.ok ? null : built.layersSoFar.map(({ name }) => name)).toEqual(['conv2d', 'max_pooling2d'])
  })
})

const size = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })))
const extras = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'input', 'conv2d', 'block1_conv1'),
    inputs: fc.array(fc.constantFrom('input', 'a', 'b', 'conv2d', 'add', 'nonsense'), { minLength: 1, maxLength: 3 }),
    filters: fc.constantFrom(1, 3, 1e6, Number.MAX_SAFE_INTEGER),
    units: fc.constantFrom(1, 7, 1e6, Number.MAX_SAFE_INTEGER),
    kernel_size: size,
    pool_size: size,
    strides: size,
    padding: fc.constantFrom('same', 'valid'),
    rate: fc.constantFrom(0, 0.5),
    activation: fc.constantFrom('softmax', 'relu'),
    groups: fc.constantFrom(1, 2, 3, -1),
    dilation_rate: fc.constantFrom(1, 2),
    cropping: size,
    stddev: fc.constantFrom(0, 1),
    scale: fc.constantFrom(1, 2),
    target_shape: fc.array(fc.integer({ min: -1, max: 50 }), { minLength: 1, maxLength: 3 }),
    dims: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    shared_axes: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
  },
  { requiredKeys: ['filters', 'units', 'kernel_size', 'rate', 'activation', 'stddev', 'scale', 'target_shape', 'dims'] },
)
const anyLayer = fc
  .tuple(fc.constantFrom(...(Object.keys(layers) as (keyof typeof layers)[])), extras)
  .map(([kind, extra]) => layer({ kind, ...extra, ...(kind === 'zero_padding2d' ? { padding: 2 } : {}) }))

test('any model is either a network or has problems in places that exist', () => {
  fc.assert(
    fc.property(fc.array(anyLayer, { minLength: 1, maxLength: 7 }), fc.constantFrom([48, 48, 1], [32, 40, 3]), (specs, shape) => {
      const built = buildNetwork({ layers: specs }, shape, 7)
      if (built.ok) return built.network.layers.length >= specs.length
      return built.problems.length > 0 && built.problems.every(({ at, message }) => at[0] === 'layers' && !message.includes('undefined'))
    }),
    { numRuns: 3000 },
  )
})
