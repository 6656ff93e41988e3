import type { OptimizerLion } from '../../../schema/recipe.ts'
import { add, mul, sign, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/**
 * Lion: w −= lr·sign(β₁·m + (1 − β₁)·g); m = β₂·m + (1 − β₂)·g. Source: keras.optimizers.Lion of Keras 3.15, with either semantics.
 */
export const lion: OptimizerRow<OptimizerLion> = {
  slots: () => ({ momentum: 0 }),
  scalars: () => ({}),
  update: ({ beta_1, beta_2 }, { weight, slots, gradient, learningRate }) => {
    const m = named(slots, 'momentum')
    const mixed = (beta: number) => add(mul(m.value, beta), mul(gradient, 1 - beta))
    return {
      pure: () => ({ [weight.name]: sub(weight.value, mul(sign(mixed(beta_1)), learningRate)), [m.name]: mixed(beta_2) }),
    }
  },
}
