import type { Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerRmsprop, Semantics } from '../../../schema/recipe.ts'
import { add, div, mul, sqrt, square, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow } from './optimizer.ts'

/** Inside the root, but for Keras 2.4 without momentum, the one case that it does not leave to TensorFlow's operation. */
const denominator = (velocity: Tensor, { momentum, epsilon }: OptimizerRmsprop, semantics: Semantics): Tensor =>
  semantics === 'keras-3' || momentum > 0 ? sqrt(add(velocity, epsilon)) : add(sqrt(velocity), epsilon)

/**
 * RMSprop:
 *
 *     v = ρ·v + (1 − ρ)·g²    step = lr·g / √(v + ε)    w −= step    (with momentum μ: m = μ·m + step, w −= m)
 *
 * Centered, v − a² for v under the root, where a = ρ·a + (1 − ρ)·g.
 *
 * Source: keras.optimizers.RMSprop of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`. TensorFlow's fused operation needs a slot for the
 * momentum, so it is for updates with one.
 */
export const rmsprop: OptimizerRow<OptimizerRmsprop> = {
  slots: ({ momentum, centered }) => ({
    velocity: 0,
    ...(momentum > 0 ? { momentum: 0 } : {}),
    ...(centered ? { average_gradient: 0 } : {}),
  }),
  scalars: () => ({}),
  update: (spec, { weight, slots, gradient, learningRate, semantics }) => {
    const velocity = named(slots, 'velocity')
    const m = spec.momentum > 0 ? named(slots, 'momentum') : null
    const average = spec.centered ? named(slots, 'average_gradient') : null
    const pure = () => {
      const newVelocity = add(mul(velocity.value, spec.rho), mul(square(gradient), 1 - spec.rho))
      const newAverage = average ? add(mul(average.value, spec.rho), mul(gradient, 1 - spec.rho)) : null
      const spread = newAverage ? sub(newVelocity, square(newAverage)) : newVelocity
      const step = div(mul(gradient, learningRate), denominator(spread, spec, semantics))
      const change = m ? add(mul(m.value, spec.momentum), step) : step
      const moment = { ...(m ? { [m.name]: change } : {}), ...(average && newAverage ? { [average.name]: newAverage } : {}) }
      return { [weight.name]: sub(weight.value, change), [velocity.name]: newVelocity, ...moment }
    }
    if (!m || spec.centered) return { pure }
    return {
      pure,
      fused: {
        op: 'ResourceApplyRMSProp',
        inputs: [weight.name, velocity.name, m.name, learningRate, spec.rho, spec.momentum, spec.epsilon, gradient],
        attrs: { use_locking: false },
      },
    }
  },
}
