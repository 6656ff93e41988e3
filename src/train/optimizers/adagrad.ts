import type { OptimizerAdagrad } from '../../../schema/recipe.ts'
import { add, div, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/**
 * Adagrad: a += g²; w −= lr·g / √(a + ε), with ε outside the root, √a + ε, in Keras 2.4, which is TensorFlow's fused operation.
 * Source: keras.optimizers.Adagrad of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`.
 */
export const adagrad: OptimizerRow<OptimizerAdagrad> = {
  slots: ({ initial_accumulator_value }) => ({ accumulator: initial_accumulator_value }),
  scalars: () => ({}),
  update: (spec, { weight, slots, gradient, learningRate, semantics }) => {
    const accumulator = named(slots, 'accumulator')
    const pure = () => {
      const sum = add(accumulator.value, square(gradient))
      const denominator = semantics === 'keras-3' ? sqrt(add(sum, spec.epsilon)) : add(sqrt(sum), spec.epsilon)
      const step = div(mul(gradient, learningRate), denominator)
      return { [weight.name]: sub(weight.value, step), [accumulator.name]: sum }
    }
    if (semantics === 'keras-3') return { pure }
    return {
      pure,
      fused: {
        op: 'ResourceApplyAdagradV2',
        inputs: [weight.name, accumulator.name, learningRate, spec.epsilon, gradient],
        attrs: { use_locking: false, update_slots: true },
      },
    }
  },
}
