import type { Tensor } from '@tensorflow/tfjs-core'
import { biasAdd } from '../../engine/ops/register_ops.ts'
import { matMul } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf, shapeText } from './layer.ts'

/** [n] → [units]; kernel [n, units]. Source: Keras Dense. Keras would also take an image and work on its channels; here that is a mistake. */
export const dense: LayerRow<SpecOf<'dense'>> = {
  takes: 'one',
  outputShape: ({ units }, inputs) => {
    const { name, shape } = only(inputs)
    if (shape.length === 1) return [units]
    return {
      code: 'needs_vector',
      message: `needs a vector, but ${name} gives an image of ${shapeText(shape)}`,
      hint: 'Add a flatten layer before it: - kind: flatten (or global_average_pooling2d).',
      meant: [units],
    }
  },
  weights: ({ units, trainable, use_bias, kernel_initializer, bias_initializer, kernel_regularizer }, inputs, name) => {
    const penalty = { l1: kernel_regularizer?.l1 ?? 0, l2: kernel_regularizer?.l2 ?? 0 }
    const shape = [...only(inputs).shape, units]
    const kernel = { name: `${name}/kernel`, shape, initializer: kernel_initializer, trainable, ...penalty }
    const bias = { name: `${name}/bias`, shape: [units], initializer: bias_initializer, trainable, l1: 0, l2: 0 }
    return use_bias ? [kernel, bias] : [kernel]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec: { use_bias }, name, inputs, weights }) => {
    const output = matMul(only(inputs), weights[`${name}/kernel`] as Tensor)
    return { output: use_bias ? biasAdd(output, weights[`${name}/bias`] as Tensor) : output }
  },
}
