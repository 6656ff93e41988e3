import type { OptimizerAdamax } from '../../../schema/recipe.ts'
import { abs, add, div, maximum, mul, sub } from '../../engine/tfjs.ts'
import { moved } from './adam.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/**
 * Adamax: m += (g − m)(1 − β₁); u = max(β₂·u, |g|); w −= lr·m / ((1 − β₁ᵗ)(u + ε)).
 * Source: keras.optimizers.Adamax of Keras 3.15, with either semantics.
 */
export const adamax: OptimizerRow<OptimizerAdamax> = {
  slots: () => ({ m: 0, norm: 0 }),
  scalars: ({ beta_1 }, step) => ({ m_correction: 1 - Math.fround(Math.fround(beta_1) ** step) }),
  update: ({ beta_1, beta_2, epsilon }, { weight, slots, gradient, learningRate, scalars }) => {
    const [m, norm] = [named(slots, 'm'), named(slots, 'norm')]
    return {
      pure: () => {
        const newM = moved(m.value, gradient, 1 - beta_1)
        const newNorm = maximum(mul(norm.value, beta_2), abs(gradient))
        const step = div(mul(newM, learningRate), mul(add(newNorm, epsilon), named(scalars, 'm_correction')))
        return { [weight.name]: sub(weight.value, step), [m.name]: newM, [norm.name]: newNorm }
      },
    }
  },
}
