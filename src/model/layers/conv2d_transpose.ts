import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { biasAdd } from '../../engine/ops/register_ops.ts'
import { conv2dTranspose } from '../../engine/tfjs.ts'
import type { Shape } from '../network.ts'
import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { weightOf } from './weight.ts'
import { pair } from './window.ts'

type Spec = SpecOf<'conv2d_transpose'>

/** One axis of the result. Source: `compute_conv_transpose_output_shape` of Keras 3.15. */
const extentOf = (extent: number, window: number, { stride, padding }: { stride: number; padding: Spec['padding'] }): number =>
  extent * stride + (padding === 'valid' ? Math.max(window - stride, 0) : 0)

const shapeOf = ({ kernel_size, strides, padding, filters }: Spec, [height, width]: Shape): [number, number, number] => {
  const [[rows, columns], [down, across]] = [pair(kernel_size), pair(strides)]
  return [
    extentOf(height as number, rows, { stride: down, padding }),
    extentOf(width as number, columns, { stride: across, padding }),
    filters,
  ]
}

/** [h, w, c] → [h′, w′, filters]; kernel [kh, kw, filters, c]. Source: Keras Conv2DTranspose. */
export const conv2d_transpose: LayerRow<Spec> = {
  takes: 'one',
  outputShape: (spec, inputs) => imageMisfit(only(inputs)) ?? shapeOf(spec, only(inputs).shape),
  weights: ({ kernel_size, filters, trainable, use_bias, kernel_initializer, bias_initializer, kernel_regularizer }, inputs, name) => {
    const kernel = weightOf({
      name: `${name}/kernel`,
      shape: [...pair(kernel_size), filters, only(inputs).shape[2] as number],
      initializer: kernel_initializer,
      trainable,
      ...(kernel_regularizer ? { regularizer: kernel_regularizer } : {}),
    })
    return use_bias ? [kernel, weightOf({ name: `${name}/bias`, shape: [filters], initializer: bias_initializer, trainable })] : [kernel]
  },
  activation: ({ activation }) => activation,
  forward: ({ spec, name, inputs, weights }) => {
    const x = only(inputs) as Tensor4D
    const shape: [number, number, number, number] = [x.shape[0], ...shapeOf(spec, x.shape.slice(1))]
    const output = conv2dTranspose(x, weights[`${name}/kernel`] as Tensor4D, shape, pair(spec.strides), spec.padding)
    return { output: spec.use_bias ? biasAdd(output, weights[`${name}/bias`] as Tensor) : output }
  },
}
