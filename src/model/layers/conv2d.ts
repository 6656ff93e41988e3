import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { conv2d as convolve } from '../../engine/convolution.ts'
import { biasAdd } from '../../engine/ops.ts'
import { imageMisfit, isMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { pair, windowed } from './window.ts'

/** [h, w, c] → [h′, w′, filters]; kernel [kh, kw, c, filters]. Source: Keras Conv2D. */
export const conv2d: LayerRow<SpecOf<'conv2d'>> = {
  takes: 'one',
  outputShape: ({ kernel_size, strides, padding, filters }, inputs) => {
    const misfit = imageMisfit(only(inputs))
    if (misfit) return misfit
    const extent = windowed(only(inputs).shape, { window: kernel_size, strides, padding, field: 'kernel_size' })
    return isMisfit(extent) ? extent : [...extent, filters]
  },
  weights: ({ kernel_size, filters, trainable, use_bias, kernel_initializer, bias_initializer, kernel_regularizer }, inputs, name) => {
    const channels = only(inputs).shape[2] as number
    const penalty = { l1: kernel_regularizer?.l1 ?? 0, l2: kernel_regularizer?.l2 ?? 0 }
    const shape = [...pair(kernel_size), channels, filters]
    const kernel = { name: `${name}/kernel`, shape, initializer: kernel_initializer, trainable, ...penalty }
    const bias = { name: `${name}/bias`, shape: [filters], initializer: bias_initializer, trainable, l1: 0, l2: 0 }
    return use_bias ? [kernel, bias] : [kernel]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec: { strides, padding, use_bias }, name, inputs, weights, policy: { low } }) => {
    const kernel = weights[`${name}/kernel`] as Tensor4D
    const output = convolve(only(inputs) as Tensor4D, kernel, { strides: pair(strides), padding, low })
    return { output: use_bias ? biasAdd(output, weights[`${name}/bias`] as Tensor) : output }
  },
}
