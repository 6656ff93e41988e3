import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionAttributes, filterGradient, type Shape4D } from '../ops/filter_gradient.ts'
import type { PoolAttributes } from '../ops/pool.ts'
import { maxPoolGradient } from './max_pool_gradient.ts'

type Inputs = Readonly<Record<'x' | 'dy' | 'input', tf.Tensor>>
type Call = { inputs: Inputs; attrs: unknown; backend: unknown }
/** A kernel of ours, given tfjs' own. */
type Kernel = (call: Call, own: tf.KernelFunc) => tf.TensorInfo

/**
 * What tfjs' webgpu backend does wrong or slowly in training, by the kernel's name.
 * - Its gradient of a convolution by its filter has one thread for each value of the filter, which sums over all images and places; composed
 *   of convolutions it is 1.6 to 1.9 times as fast for the paper's layers.
 * - Its gradient of max pooling is wrong, see there.
 * - Its cast of int32 and bool to float32 leaves the bits as they are and says that they are floats, which some kernels believe and others
 *   do not compile for: a multiplication by one makes them so.
 */
const KERNELS: Readonly<Record<string, Kernel>> = {
  Conv2DBackpropFilter: ({ inputs: { x, dy }, attrs }) => {
    const attributes = attrs as ConvolutionAttributes & { filterShape: Shape4D }
    return filterGradient(x as tf.Tensor4D, dy as tf.Tensor4D, attributes.filterShape, attributes)
  },
  MaxPoolGrad: ({ inputs, attrs }) => maxPoolGradient(inputs.dy as tf.Tensor4D, inputs.input as tf.Tensor4D, attrs as PoolAttributes),
  Cast: (call, own) => {
    const cast = own(call as unknown as Parameters<tf.KernelFunc>[0]) as tf.TensorInfo
    if (call.inputs.x.dtype === 'float32' || cast.dtype !== 'float32') return cast
    return tf.mul(tf.engine().makeTensorFromTensorInfo(cast), 1)
  },
}

/** Puts right what training needs of the webgpu backend; to be called once, before it is used. */
export const registerTrainingKernels = (): void => {
  for (const [kernelName, compute] of Object.entries(KERNELS)) {
    const own = tf.getKernel(kernelName, 'webgpu').kernelFunc
    tf.unregisterKernel(kernelName, 'webgpu')
    const kernelFunc: tf.KernelFunc = (call) => tf.tidy(() => compute(call as unknown as Call, own) as tf.Tensor)
    tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc })
  }
}
