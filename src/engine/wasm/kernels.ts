import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionAttributes, filterGradient, type Shape4D } from '../ops/filter_gradient.ts'
import type { PoolAttributes } from '../ops/pool.ts'
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise_gradients.ts'
import { biasGradient, identity, reluGradient } from './elementwise.ts'
import { inputGradient } from './input_gradient.ts'
import { maxPoolGradient } from './max_pool_gradient.ts'

type Inputs = Readonly<Record<'x' | 'dy' | 'y' | 'filter' | 'input', tf.Tensor4D>>
type Attributes = ConvolutionAttributes &
  PoolAttributes & { filterShape: Shape4D; inputShape: Shape4D; clipValueMin: number; clipValueMax: number }

/**
 * What tfjs' wasm backend lacks for training, does wrong or does slowly, by the kernel's name. Its convolutions take some four
 * fifths of a step.
 * - It has no gradient of a convolution by its filter, and that by its input is a slow loop. Both are composed of its own fast convolution
 *   (XNNPACK), which is registered for NHWC only, so that is what they take.
 * - It has no gradients of depthwise convolutions either.
 * - Its gradient of max pooling is wrong, see there.
 * - Its clip makes NaN the lower bound, so that a training which has diverged would not be noticed.
 * - Its copies of handles copy the values, and the gradients of bias and ReLU, composed of its operations, take several passes.
 */
const KERNELS: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => tf.TensorInfo>> = {
  Conv2DBackpropFilter: ({ x, dy }, attributes) => filterGradient(x, dy, attributes.filterShape, attributes),
  Conv2DBackpropInput: ({ dy, filter }, attributes) => inputGradient(dy, filter, attributes.inputShape, attributes),
  DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, attributes) => depthwiseFilterGradient(x, dy, attributes),
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, attributes) => depthwiseInputGradient(dy, filter, attributes),
  MaxPoolGrad: ({ dy, input }, attributes) => maxPoolGradient(dy, input, attributes),
  Identity: ({ x }) => identity(x),
  ReluGrad: ({ dy, y }) => reluGradient(dy, y),
  BiasAddGrad: ({ dy }) => biasGradient(dy),
  ClipByValue: ({ x }, { clipValueMin, clipValueMax }) => tf.maximum(tf.minimum(x, clipValueMax), clipValueMin),
}

/** Gives the wasm backend the kernels that training needs. */
export const registerTrainingKernels = (): void => {
  for (const [kernelName, compute] of Object.entries(KERNELS)) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) =>
      tf.tidy(() => compute(inputs as unknown as Inputs, attrs as unknown as Attributes) as tf.Tensor)
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
  }
}
