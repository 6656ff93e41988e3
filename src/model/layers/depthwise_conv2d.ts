import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { depthwiseConv2d } from '../../engine/ops/depthwise.ts'
import { biasAdd } from '../../engine/ops/register_ops.ts'
import { dilationMisfit, imageMisfit, isMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { weightOf } from './weight.ts'
import { pair, windowed } from './window.ts'

/** [h, w, c] → [h′, w′, c · depth_multiplier]; kernel [kh, kw, c, depth_multiplier]. Source: Keras DepthwiseConv2D. */
export const depthwise_conv2d: LayerRow<SpecOf<'depthwise_conv2d'>> = {
  takes: 'one',
  outputShape: ({ kernel_size: window, strides, padding, dilation_rate: dilation, depth_multiplier }, inputs) => {
    const misfit = imageMisfit(only(inputs)) ?? dilationMisfit(strides, dilation)
    if (misfit) return misfit
    const extent = windowed(only(inputs).shape, { window, strides, padding, dilation, field: 'kernel_size' })
    return isMisfit(extent) ? extent : [...extent, (only(inputs).shape[2] as number) * depth_multiplier]
  },
  weights: ({ kernel_size, depth_multiplier, trainable, use_bias, ...spec }, inputs, name) => {
    const channels = only(inputs).shape[2] as number
    const kernel = weightOf({
      name: `${name}/kernel`,
      shape: [...pair(kernel_size), channels, depth_multiplier],
      initializer: spec.depthwise_initializer,
      trainable,
      ...(spec.depthwise_regularizer ? { regularizer: spec.depthwise_regularizer } : {}),
    })
    const shape = [channels * depth_multiplier]
    return use_bias ? [kernel, weightOf({ name: `${name}/bias`, shape, initializer: spec.bias_initializer, trainable })] : [kernel]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec: { strides, padding, dilation_rate: dilation, use_bias }, name, inputs, weights }) => {
    const kernel = weights[`${name}/kernel`] as Tensor4D
    const output = depthwiseConv2d(only(inputs) as Tensor4D, kernel, { strides, padding, dilation })
    return { output: use_bias ? biasAdd(output, weights[`${name}/bias`] as Tensor) : output }
  },
}
