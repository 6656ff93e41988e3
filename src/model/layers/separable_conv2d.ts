import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { convolution } from '../../engine/ops/convolution.ts'
import { depthwiseConv2d } from '../../engine/ops/depthwise.ts'
import { biasAdd } from '../../engine/ops/register_ops.ts'
import { dilationMisfit, imageMisfit, isMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { weightOf } from './weight.ts'
import { pair, windowed } from './window.ts'

/**
 * [h, w, c] → [h′, w′, filters]; kernels [kh, kw, c, depth_multiplier] and [1, 1, c · depth_multiplier, filters]. Source: Keras SeparableConv2D.
 */
export const separable_conv2d: LayerRow<SpecOf<'separable_conv2d'>> = {
  takes: 'one',
  outputShape: ({ kernel_size: window, strides, padding, dilation_rate: dilation, filters }, inputs) => {
    const misfit = imageMisfit(only(inputs)) ?? dilationMisfit(strides, dilation)
    if (misfit) return misfit
    const extent = windowed(only(inputs).shape, { window, strides, padding, dilation, field: 'kernel_size' })
    return isMisfit(extent) ? extent : [...extent, filters]
  },
  weights: ({ kernel_size, depth_multiplier, filters, trainable, use_bias, ...spec }, inputs, name) => {
    const channels = only(inputs).shape[2] as number
    const depthwise = weightOf({
      name: `${name}/depthwise_kernel`,
      shape: [...pair(kernel_size), channels, depth_multiplier],
      initializer: spec.depthwise_initializer,
      trainable,
      ...(spec.depthwise_regularizer ? { regularizer: spec.depthwise_regularizer } : {}),
    })
    const pointwise = weightOf({
      name: `${name}/pointwise_kernel`,
      shape: [1, 1, channels * depth_multiplier, filters],
      initializer: spec.pointwise_initializer,
      trainable,
      ...(spec.pointwise_regularizer ? { regularizer: spec.pointwise_regularizer } : {}),
    })
    const bias = weightOf({ name: `${name}/bias`, shape: [filters], initializer: spec.bias_initializer, trainable })
    return use_bias ? [depthwise, pointwise, bias] : [depthwise, pointwise]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec: { strides, padding, dilation_rate: dilation, use_bias }, name, inputs, weights, policy: { low } }) => {
    const weight = (part: string) => weights[`${name}/${part}`] as Tensor4D
    const each = depthwiseConv2d(only(inputs) as Tensor4D, weight('depthwise_kernel'), { strides, padding, dilation })
    const mixed = convolution(each, weight('pointwise_kernel'), { strides: [1, 1], padding: 'valid', low })
    return { output: use_bias ? biasAdd(mixed, weight('bias') as Tensor) : mixed }
  },
}
