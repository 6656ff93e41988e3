import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, sub } from '../../engine/tfjs.ts'

/**
 * A weight after decoupled weight decay, before the step proper: w − w·decay·lr, for every trained weight, biases too.
 * Source: `_apply_weight_decay` of Keras 3.15. Keras 2.4's optimizers have none; here it means the same for them.
 */
export const decayed = ({ weight_decay }: { weight_decay: number }, weight: Tensor, learningRate: Tensor): Tensor =>
  weight_decay > 0 ? sub(weight, mul(mul(weight, weight_decay), learningRate)) : weight
