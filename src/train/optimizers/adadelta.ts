import type { Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerAdadelta } from '../../../schema/recipe.ts'
import { add, div, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/**
 * Adadelta: a = ρ·a + (1 − ρ)·g²; δ = g·√(d + ε) / √(a + ε); d = ρ·d + (1 − ρ)·δ²; w −= lr·δ.
 * Source: keras.optimizers.Adadelta of Keras 3.15, with either semantics.
 */
export const adadelta: OptimizerRow<OptimizerAdadelta> = {
  slots: () => ({ accumulated_grad: 0, accumulated_delta: 0 }),
  scalars: () => ({}),
  update: ({ rho, epsilon }, { weight, slots, gradient, learningRate }) => {
    const [squares, deltas] = [named(slots, 'accumulated_grad'), named(slots, 'accumulated_delta')]
    const mixed = (mean: Tensor, x: Tensor) => add(mul(mean, rho), mul(square(x), 1 - rho))
    const root = (x: Tensor) => sqrt(add(x, epsilon))
    return {
      pure: () => {
        const newSquares = mixed(squares.value, gradient)
        const delta = div(mul(root(deltas.value), gradient), root(newSquares))
        return {
          [weight.name]: sub(weight.value, mul(delta, learningRate)),
          [squares.name]: newSquares,
          [deltas.name]: mixed(deltas.value, delta),
        }
      },
    }
  },
}
