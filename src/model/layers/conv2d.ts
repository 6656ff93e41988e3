import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { dilated, groupwise } from '../../engine/ops/convolution.ts'
import { biasAdd } from '../../engine/ops/register_ops.ts'
import type { Shape } from '../network.ts'
import { dilationMisfit, groupsMisfit, imageMisfit, isMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { weightOf } from './weight.ts'
import { pair, windowed } from './window.ts'

const evenGroups = (groups: number, shape: Shape, filters: number) =>
  groupsMisfit(groups, [
    ['input channels', shape.at(-1) as number],
    ['filters', filters],
  ])

/** [h, w, c] → [h′, w′, filters]; kernel [kh, kw, c / groups, filters]. Source: Keras Conv2D. */
export const conv2d: LayerRow<SpecOf<'conv2d'>> = {
  takes: 'one',
  outputShape: ({ kernel_size, strides, padding, filters, dilation_rate: dilation, groups }, inputs) => {
    const misfit = imageMisfit(only(inputs)) ?? dilationMisfit(strides, dilation) ?? evenGroups(groups, only(inputs).shape, filters)
    if (misfit) return misfit
    const extent = windowed(only(inputs).shape, { window: kernel_size, strides, padding, dilation, field: 'kernel_size' })
    return isMisfit(extent) ? extent : [...extent, filters]
  },
  weights: (
    { kernel_size, filters, groups, trainable, use_bias, kernel_initializer, bias_initializer, kernel_regularizer },
    inputs,
    name,
  ) => {
    const kernel = weightOf({
      name: `${name}/kernel`,
      shape: [...pair(kernel_size), (only(inputs).shape[2] as number) / groups, filters],
      initializer: kernel_initializer,
      trainable,
      ...(kernel_regularizer ? { regularizer: kernel_regularizer } : {}),
    })
    return use_bias ? [kernel, weightOf({ name: `${name}/bias`, shape: [filters], initializer: bias_initializer, trainable })] : [kernel]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec: { strides, padding, dilation_rate, groups, use_bias }, name, inputs, weights, policy: { low } }) => {
    const kernel = weights[`${name}/kernel`] as Tensor4D
    const options = { strides: pair(strides), padding, low }
    const output = groupwise(only(inputs) as Tensor4D, dilated(kernel, pair(dilation_rate)), { groups, ...options })
    return { output: use_bias ? biasAdd(output, weights[`${name}/bias`] as Tensor) : output }
  },
}
