import type { Tensor } from '@tensorflow/tfjs-core'
import { relu } from '../../engine/ops/register_ops.ts'
import { mul, neg, sub } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf, shapeText } from './layer.ts'
import { weightOf } from './weight.ts'

/** x above zero, α·x below; α has the input's shape, with 1 for the shared axes. Shape kept. Source: Keras PReLU. */
export const prelu: LayerRow<SpecOf<'prelu'>> = {
  takes: 'one',
  outputShape: ({ shared_axes }, inputs) => {
    const { name, shape } = only(inputs)
    if (shared_axes.every((axis) => axis <= shape.length)) return shape
    const message = `shares axis ${Math.max(...shared_axes)}, but ${name} gives ${shapeText(shape)}`
    return { code: 'axes_misfit', at: ['shared_axes'], message }
  },
  weights: ({ trainable, alpha_initializer: initializer, alpha_regularizer: regularizer, shared_axes }, inputs, name) => {
    const shape = only(inputs).shape.map((extent, axis) => (shared_axes.includes(axis + 1) ? 1 : extent))
    return [weightOf({ name: `${name}/alpha`, shape, initializer, trainable, ...(regularizer ? { regularizer } : {}) })]
  },
  forward: ({ name, inputs, weights }) => {
    const x = only(inputs)
    return { output: sub(relu(x), mul(relu(neg(x)), weights[`${name}/alpha`] as Tensor)) }
  },
}
