import type { OptimizerNadam } from '../../../schema/recipe.ts'
import { add, div, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { moved, oneMinus } from './adam.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/** Rate of the momentum's warm-up. */
const DECAY = 0.96

/** u(t) = β₁·(1 − 0.96ᵗ / 2) */
const momentumAt = (beta: number, step: number): number => beta * (1 - 0.5 * DECAY ** step)

/** Π u(i) for i up to `step`, in float32; it is zero after some hundred steps. */
const momentumProduct = (beta: number, step: number): number => {
  let product = 1
  for (let index = 1; index <= step && product > 0; index++) product = Math.fround(product * Math.fround(momentumAt(beta, index)))
  return product
}

/**
 * Nadam, with u as above, m and v as Adam has them:
 *
 *     m̂ = u(t+1)·m / (1 − Π u(1…t+1)) + (1 − u(t))·g / (1 − Π u(1…t))    v̂ = v / (1 − β₂ᵗ)    w −= lr·m̂ / (√v̂ + ε)
 *
 * Source: keras.optimizers.Nadam of Keras 3.15, with either semantics.
 */
export const nadam: OptimizerRow<OptimizerNadam> = {
  slots: () => ({ m: 0, v: 0 }),
  scalars: ({ beta_1, beta_2 }, step) => {
    const [now, next] = [momentumAt(beta_1, step), momentumAt(beta_1, step + 1)]
    const product = momentumProduct(beta_1, step)
    return {
      share_of_m: next / (1 - product * next),
      share_of_gradient: (1 - now) / (1 - product),
      v_correction: 1 - Math.fround(Math.fround(beta_2) ** step),
    }
  },
  update: ({ beta_1, beta_2, epsilon }, { weight, slots, gradient, learningRate, scalars }) => {
    const [m, v] = [named(slots, 'm'), named(slots, 'v')]
    return {
      pure: () => {
        const newM = moved(m.value, gradient, oneMinus(beta_1))
        const newV = moved(v.value, square(gradient), oneMinus(beta_2))
        const direction = add(mul(newM, named(scalars, 'share_of_m')), mul(gradient, named(scalars, 'share_of_gradient')))
        const divisor = add(sqrt(div(newV, named(scalars, 'v_correction'))), epsilon)
        return { [weight.name]: sub(weight.value, div(mul(direction, learningRate), divisor)), [m.name]: newM, [v.name]: newV }
      },
    }
  },
}
