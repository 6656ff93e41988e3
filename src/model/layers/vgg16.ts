import type { Tensor4D } from '@tensorflow/tfjs-core'
import { elements } from '../../elements.ts'
import { relu } from '../../engine/ops/register_ops.ts'
import { maxPool } from '../../engine/tfjs.ts'
import type { Shape, WeightSpec } from '../network.ts'
import { conv2d } from './conv2d.ts'
import { imageMisfit, type LayerInput, type LayerRow, type Misfit, only, type SpecOf } from './layer.ts'

type Spec = SpecOf<'vgg16'>

/** Output channels of the convolutions of each block. Source: Simonyan & Zisserman 2014, configuration D; Keras applications VGG16. */
const BLOCKS = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
]
/** Keras refuses smaller images: five poolings make 1 of 32. */
const SMALLEST = 32

/** A convolution (3×3, same, ReLU) or, without `filters`, a 2×2 pooling. */
type Part = { keras: string; name: string; filters?: number; input: Shape; output: Shape }

/** The layers it stands for, in order, with Keras' names; a second VGG16 of a model has its own name before them. */
const partsOf = (inputs: readonly LayerInput[], name: string): Part[] => {
  let [height, width, channels] = only(inputs).shape as [number, number, number]
  const part = (keras: string, filters?: number): Part => {
    const input = [height, width, channels]
    if (filters === undefined) [height, width] = [Math.floor(height / 2), Math.floor(width / 2)]
    else channels = filters
    const named = { keras, name: name === 'vgg16' ? keras : `${name}/${keras}`, input, output: [height, width, channels] }
    return filters === undefined ? named : { ...named, filters }
  }
  return BLOCKS.flatMap((block, index) => [
    ...block.map((filters, number) => part(`block${index + 1}_conv${number + 1}`, filters)),
    part(`block${index + 1}_pool`),
  ])
}

/** A convolution as VGG16 has them: 3×3, same, ReLU. */
export const convolution = (filters: number, trainable: boolean): SpecOf<'conv2d'> => ({
  kind: 'conv2d',
  filters,
  kernel_size: 3,
  strides: 1,
  padding: 'same',
  activation: 'relu',
  use_bias: true,
  kernel_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
  trainable,
  dilation_rate: 1,
  groups: 1,
})

const weightsOf = ({ trainable, weights }: Spec, { keras, name, filters, input }: Part): WeightSpec[] => {
  if (filters === undefined) return []
  const own = conv2d.weights?.(convolution(filters, trainable), [{ name, shape: input }], name) ?? []
  if (weights === null) return own
  return own.map((weight) => ({
    ...weight,
    pretrained: { weights: 'vgg16_imagenet', tensor: `${keras}${weight.name.slice(name.length)}` },
  }))
}

const tooSmall = (shape: Shape): Misfit | null =>
  Math.min(...shape.slice(0, 2)) >= SMALLEST
    ? null
    : {
        code: 'vgg16_image_too_small',
        message: `needs an image of at least ${SMALLEST}×${SMALLEST}, but its input is ${shape[0]}×${shape[1]}: its five pooling layers halve it five times`,
      }

const wrongChannels = (shape: Shape): Misfit | null =>
  shape[2] === 3
    ? null
    : {
        code: 'vgg16_channels',
        message: `needs an image of 3 channels, but its input has ${shape[2]}`,
        hint: 'Gray images can be repeated three times: preprocessing.color_mode: rgb.',
      }

/** Keras applications' VGG16 without its top: [h, w, 3] → [h/32, w/32, 512], 14,714,688 weights. */
export const vgg16: LayerRow<Spec> = {
  takes: 'one',
  outputShape: (_spec, inputs) => {
    const { shape } = only(inputs)
    const misfit = imageMisfit(only(inputs)) ?? tooSmall(shape)
    if (misfit) return misfit
    const output = partsOf(inputs, 'vgg16').at(-1)?.output as Shape
    const channels = wrongChannels(shape)
    return channels ? { ...channels, meant: output } : output
  },
  weights: (spec, inputs, name) => partsOf(inputs, name).flatMap((part) => weightsOf(spec, part)),
  forward: ({ spec, name, inputs, ...rest }) => {
    let x = only(inputs) as Tensor4D
    for (const part of partsOf([{ name: 'input', shape: x.shape.slice(1) }], name)) {
      if (part.filters === undefined) {
        x = maxPool(x, 2, 2, 'valid')
        continue
      }
      const { output } = conv2d.forward({ ...rest, spec: convolution(part.filters, spec.trainable), name: part.name, inputs: [x] })
      x = rest.policy.settle(relu(output)) as Tensor4D
    }
    return { output: x }
  },
  parts: (spec, inputs, name) =>
    partsOf(inputs, name).map((part) => {
      const parameters = weightsOf(spec, part).reduce((total, { shape }) => total + elements(shape), 0)
      return {
        name: part.name,
        kind: part.filters === undefined ? 'max_pooling2d' : 'conv2d',
        outputShape: part.output,
        parameters,
        trainableParameters: spec.trainable ? parameters : 0,
      }
    }),
}
