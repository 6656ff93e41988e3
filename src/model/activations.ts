import type { Tensor } from '@tensorflow/tfjs-core'
import type { Activation } from '../../schema/recipe.ts'
import { relu, selu } from '../engine/ops/register_ops.ts'
import { abs, add, div, elu, erf, exp, leakyRelu, mul, relu6, sigmoid, softmax, softplus, tanh } from '../engine/tfjs.ts'

/** Slope of Keras' `leaky_relu` below zero. */
const LEAKY_SLOPE = 0.2

/** min(max(x + 3, 0), 6) / 6 */
const hardSigmoid = (x: Tensor): Tensor => div(relu6(add(x, 3)), 6)

/** Each keeps the shape. Source: keras.activations of Keras 3. */
export const activations: Readonly<Record<Activation, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu,
  relu6: (x) => relu6(x),
  leaky_relu: (x) => leakyRelu(x, LEAKY_SLOPE),
  elu: (x) => elu(x),
  selu,
  /** x·Φ(x), with the error function, not the approximation by a tangent. */
  gelu: (x) => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)),
  silu: (x) => mul(x, sigmoid(x)),
  hard_silu: (x) => mul(x, hardSigmoid(x)),
  mish: (x) => mul(x, tanh(softplus(x))),
  sigmoid: (x) => sigmoid(x),
  hard_sigmoid: (x) => hardSigmoid(x),
  tanh: (x) => tanh(x),
  softplus: (x) => softplus(x),
  softsign: (x) => div(x, add(abs(x), 1)),
  exponential: (x) => exp(x),
  /** Over the last axis: channels or classes. */
  softmax: (x) => softmax(x),
}
