import type { OptimizerRadam } from '../../../schema/recipe.ts'
import { add, div, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { moved } from './adam.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/** Below so many degrees of freedom the variance of the second moment is not known, and the step is a plain one. */
const LEAST_LENGTH = 5

/** By what the step is corrected for the variance of the second moment, and its bias; null: not known yet. */
const rectification = (beta: number, step: number): number | null => {
  const most = 2 / (1 - beta) - 1
  const correction = 1 - beta ** step
  const length = most - (2 * step * beta ** step) / correction
  if (length <= LEAST_LENGTH) return null
  return Math.sqrt((((length - 4) * (length - 2) * most) / ((most - 4) * (most - 2) * length)) * correction)
}

/**
 * Rectified Adam: w −= lr·m/(1 − β₁ᵗ)·r / (√v + ε), and w −= lr·m/(1 − β₁ᵗ) in the first steps.
 * Source: torch.optim.RAdam of PyTorch 2.15; Liu et al. 2020, On the Variance of the Adaptive Learning Rate and Beyond. Keras has none.
 */
export const radam: OptimizerRow<OptimizerRadam> = {
  slots: () => ({ m: 0, v: 0 }),
  scalars: ({ beta_1, beta_2 }, step) => {
    const factor = rectification(beta_2, step)
    const unbiased = 1 / (1 - beta_1 ** step)
    return { plain: factor === null ? unbiased : 0, rectified: factor === null ? 0 : unbiased * factor }
  },
  update: ({ beta_1, beta_2, epsilon }, { weight, slots, gradient, learningRate, scalars }) => {
    const [m, v] = [named(slots, 'm'), named(slots, 'v')]
    return {
      pure: () => {
        const newM = moved(m.value, gradient, 1 - beta_1)
        const newV = moved(v.value, square(gradient), 1 - beta_2)
        const share = add(div(named(scalars, 'rectified'), add(sqrt(newV), epsilon)), named(scalars, 'plain'))
        return { [weight.name]: sub(weight.value, mul(mul(newM, learningRate), share)), [m.name]: newM, [v.name]: newV }
      },
    }
  },
}
