import { add, div, mul, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerAdam, Semantics } from '../../../schema/recipe.ts'
import { decayed } from './decayed.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/**
 * Keras 3 rounds 1 − β once, from float64. TensorFlow's fused operation, which Keras 2 calls, subtracts float32(β) from 1: for
 * β = 0.999 that is 1.3e-5 less. The bias correction is of float32(β) in both, so a first step of Keras 3 is 6.5e-6 shorter.
 */
const oneMinus = (beta: number, semantics: Semantics): number => (semantics === 'keras-3' ? 1 - beta : 1 - Math.fround(beta))

/** A moving mean of `x`: mean + (x − mean)·rate. */
const moved = (mean: Tensor, x: Tensor, rate: number): Tensor => add(mean, mul(sub(x, mean), rate))

/**
 * Adam with Keras' ε ("epsilon hat", the form before section 2.1 of Kingma & Ba 2015), which is not that of tfjs:
 *
 *     α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ)    m += (g − m)(1 − β₁)    v += (g² − v)(1 − β₂)    w −= m·α / (√v + ε)
 *
 * Source: keras.optimizers.Adam of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`. The fused operation is Keras 2's; for Keras 3 it differs
 * as said at `oneMinus`, a few millionths of a step.
 */
export const adam: OptimizerRow<OptimizerAdam> = {
  slots: () => ({ m: 0, v: 0 }),
  scalars: ({ beta_1, beta_2 }, step) => ({
    beta_1_power: Math.fround(Math.fround(beta_1) ** step),
    beta_2_power: Math.fround(Math.fround(beta_2) ** step),
  }),
  update: (spec, { weight, slots, gradient, learningRate, scalars, semantics }) => {
    const [m, v] = [named(slots, 'm'), named(slots, 'v')]
    const [beta_1_power, beta_2_power] = [named(scalars, 'beta_1_power'), named(scalars, 'beta_2_power')]
    const pure = () => {
      const alpha = div(mul(learningRate, sqrt(sub(1, beta_2_power))), sub(1, beta_1_power))
      const newM = moved(m.value, gradient, oneMinus(spec.beta_1, semantics))
      const newV = moved(v.value, square(gradient), oneMinus(spec.beta_2, semantics))
      const step = div(mul(newM, alpha), add(sqrt(newV), spec.epsilon))
      return { [weight.name]: sub(decayed(spec, weight.value, learningRate), step), [m.name]: newM, [v.name]: newV }
    }
    if (spec.weight_decay > 0) return { pure }
    const hyper = [beta_1_power, beta_2_power, learningRate, spec.beta_1, spec.beta_2, spec.epsilon]
    return {
      pure,
      fused: {
        op: 'ResourceApplyAdam',
        inputs: [weight.name, m.name, v.name, ...hyper, gradient],
        attrs: { use_locking: false, use_nesterov: false },
      },
    }
  },
}
