import type { Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerAdam, OptimizerAdamw, Semantics } from '../../../schema/recipe.ts'
import { add, div, maximum, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/** TensorFlow's fused operation subtracts float32(β) from 1: for β = 0.999 that is 1.3e-5 less than 1 − β. */
export const oneMinus = (beta: number): number => 1 - Math.fround(beta)

/**
 * What the fused operation's moving means are times those of exact rates 1 − β: the rates' ratio, as what differs in their decay is below float32's
 * rounding. Keras 2 calls that operation; Keras 3 has the exact rates, so that there m and √v are to be divided by these.
 */
export const scaleOfMeans = (
  { beta_1, beta_2 }: Pick<OptimizerAdam, 'beta_1' | 'beta_2'>,
  semantics: Semantics,
): { m: number; rootV: number } => {
  if (semantics === 'keras-2.4') return { m: 1, rootV: 1 }
  return { m: oneMinus(beta_1) / (1 - beta_1), rootV: Math.sqrt(oneMinus(beta_2) / (1 - beta_2)) }
}

/** A moving mean of `x`: mean + (x − mean)·rate. */
export const moved = (mean: Tensor, x: Tensor, rate: number): Tensor => add(mean, mul(sub(x, mean), rate))

/**
 * Adam with Keras' ε ("epsilon hat", the form before section 2.1 of Kingma & Ba 2015), which is not that of tfjs:
 *
 *     α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ)    m += (g − m)(1 − β₁)    v += (g² − v)(1 − β₂)    w −= m·α / (√v + ε)
 *
 * With `amsgrad`, the largest v so far under the root. Source: keras.optimizers.Adam of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`. The bias correction is of float32(β) in both. Means as the
 * fused operation has them (`oneMinus`) give Keras 3's step with lr·√v′/√v·m/m′ for lr and ε·√v′/√v for ε (`scaleOfMeans`).
 */
export const adam: OptimizerRow<OptimizerAdam | OptimizerAdamw> = {
  slots: ({ amsgrad }) => (amsgrad ? { m: 0, v: 0, v_hat: 0 } : { m: 0, v: 0 }),
  scalars: ({ beta_1, beta_2 }, step) => ({
    beta_1_power: Math.fround(Math.fround(beta_1) ** step),
    beta_2_power: Math.fround(Math.fround(beta_2) ** step),
  }),
  update: (spec, { weight, slots, gradient, learningRate, scalars, semantics }) => {
    const [m, v, largest] = [named(slots, 'm'), named(slots, 'v'), spec.amsgrad ? named(slots, 'v_hat') : null]
    const [beta_1_power, beta_2_power] = [named(scalars, 'beta_1_power'), named(scalars, 'beta_2_power')]
    const scale = scaleOfMeans(spec, semantics)
    const rate = mul(learningRate, scale.rootV / scale.m)
    const epsilon = spec.epsilon * scale.rootV
    const pure = () => {
      const alpha = div(mul(rate, sqrt(sub(1, beta_2_power))), sub(1, beta_1_power))
      const newM = moved(m.value, gradient, oneMinus(spec.beta_1))
      const newV = moved(v.value, square(gradient), oneMinus(spec.beta_2))
      const divisor = largest ? maximum(largest.value, newV) : newV
      const step = div(mul(newM, alpha), add(sqrt(divisor), epsilon))
      const moments = { [m.name]: newM, [v.name]: newV, ...(largest ? { [largest.name]: divisor } : {}) }
      return { [weight.name]: sub(weight.value, step), ...moments }
    }
    if (spec.amsgrad) return { pure }
    const hyper = [beta_1_power, beta_2_power, rate, spec.beta_1, spec.beta_2, epsilon]
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
