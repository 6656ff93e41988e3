import type { GradSaveFunc, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import {
  add,
  customGrad,
  engine,
  getGradient,
  getKernel,
  greater,
  less,
  mul,
  registerGradient,
  registerKernel,
  sum,
  relu as tfjsRelu,
  selu as tfjsSelu,
  where,
  zerosLike,
} from '../tfjs.ts'

/**
 * Operations that layers are made of, the way an engine does them fastest. Bias and ReLU are as TensorFlow has them: one operation forward
 * and one backward each. tfjs composes their gradients of seven, which costs an eager step 10 to 20 %, and keeps a graph optimizer from
 * fusing them with the convolution before.
 */

type Inputs = Readonly<Record<string, Tensor>>
type Kernel = (inputs: Inputs) => TensorInfo

/** TensorFlow's kernels in terms of operations that every backend has: their definition. */
const COMPOSED: Record<string, (inputs: Inputs) => Tensor> = {
  BiasAdd: ({ x, bias }) => add(x as Tensor, bias as Tensor),
  BiasAddGrad: ({ dy }) => {
    const rank = (dy as Tensor).rank
    return sum(
      dy as Tensor,
      Array.from({ length: rank - 1 }, (_, axis) => axis),
    )
  },
  ReluGrad: ({ dy, y }) => where(greater(y as Tensor, 0), dy as Tensor, zerosLike(dy as Tensor)),
}

/** Inputs in TensorFlow's order, and whether the operation needs an attribute that says where the channels are. */
const TENSORFLOW: Record<string, { inputs: readonly string[]; dataFormat: boolean }> = {
  BiasAdd: { inputs: ['x', 'bias'], dataFormat: true },
  BiasAddGrad: { inputs: ['dy'], dataFormat: true },
  ReluGrad: { inputs: ['dy', 'y'], dataFormat: false },
}

/** What of tfjs-node's backend runs an operation by its name. */
type NodeBackend = KernelBackend & {
  binding: { TF_FLOAT: number; TF_ATTR_TYPE: number; TF_ATTR_STRING: number }
  executeSingleOutput: (name: string, attrs: { name: string; type: number; value: number | string }[], inputs: Tensor[]) => Tensor
}

/**
 * Makes `biasAdd` and `relu` usable on a tfjs backend; to be called once before a step is run on it, again does nothing.
 * @param how  `tensorflow`: by TensorFlow's own operations, for tfjs-node; `composed`: by others, for any backend.
 */
export const registerOps = (backendName: string, how: 'composed' | 'tensorflow'): void => {
  for (const kernelName of Object.keys(COMPOSED)) {
    if (getKernel(kernelName, backendName)) continue
    const kernel: Kernel =
      how === 'tensorflow'
        ? tensorflowKernel(kernelName, engine().findBackend(backendName) as NodeBackend)
        : (COMPOSED[kernelName] as Kernel)
    registerKernel({ kernelName, backendName, kernelFunc: ({ inputs }) => kernel(inputs as Inputs) })
  }
  if (getGradient('BiasAdd')) return
  registerGradient({
    kernelName: 'BiasAdd',
    gradFunc: (dy) => ({ x: () => dy as Tensor, bias: () => engine().runKernel('BiasAddGrad', { dy: dy as Tensor }) as Tensor }),
  })
}

const tensorflowKernel = (name: string, backend: NodeBackend): Kernel => {
  const { inputs: order, dataFormat } = TENSORFLOW[name] as (typeof TENSORFLOW)[string]
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_FLOAT } = backend.binding
  const attrs: { name: string; type: number; value: number | string }[] = [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }]
  if (dataFormat) attrs.push({ name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' })
  return (inputs) =>
    backend.executeSingleOutput(
      name,
      attrs,
      order.map((input) => inputs[input] as Tensor),
    )
}

/** x [..., n] + bias [n]. Needs `registerOps`. */
export const biasAdd = (x: Tensor, bias: Tensor): Tensor => engine().runKernel('BiasAdd', { x, bias }) as Tensor

/** max(x, 0), any shape. Needs `registerOps`. */
export const relu = (x: Tensor): Tensor =>
  customGrad((given, save) => {
    const y = tfjsRelu(given as Tensor)
    ;(save as GradSaveFunc)([y])
    return { value: y, gradFunc: (dy, [saved]) => engine().runKernel('ReluGrad', { dy, y: saved as Tensor }) as Tensor }
  })(x)

/** Slope of selu above zero, and that times its α: the slope below zero, of an output that is almost zero. */
const [SELU_SCALE, SELU_SCALE_ALPHA] = [1.0507009873554805, 1.7580993408473768]

/**
 * Scaled exponential linear unit, any shape. The gradient is TensorFlow's (SeluGrad): of the lower branch where the output is below zero. That
 * of tfjs is of the lower branch at zero, too, where a convolution's zero padding or a dropout often are.
 */
export const selu = (x: Tensor): Tensor =>
  customGrad((given, save) => {
    const y = tfjsSelu(given as Tensor)
    ;(save as GradSaveFunc)([y])
    const slope = (value: Tensor, dy: Tensor) => where(less(value, 0), mul(dy, add(value, SELU_SCALE_ALPHA)), mul(dy, SELU_SCALE))
    return { value: y, gradFunc: (dy, [saved]) => slope(saved as Tensor, dy) }
  })(x)
