import type { OptimizerSgd } from '../../../schema/recipe.ts'
import type { Update } from '../../engine/engine.ts'
import { add, mul, sub } from '../../engine/tfjs.ts'
import { named, type OptimizerRow, type UpdateArgs } from './optimizer.ts'

/**
 * Stochastic gradient descent, w −= lr·g; with momentum μ, whose slot is scaled by the learning rate:
 *
 *     m = μ·m − lr·g    w += m    (Nesterov: w += μ·m − lr·g)
 *
 * Without momentum, `nesterov` changes nothing. Source: keras.optimizers.SGD of Keras 3.15; the fused operations are the same rules.
 */
export const sgd: OptimizerRow<OptimizerSgd> = {
  slots: ({ momentum }) => (momentum > 0 ? { momentum: 0 } : {}),
  scalars: () => ({}),
  update: (spec, args) => (spec.momentum > 0 ? withMomentum(spec, args) : plain(args)),
}

const plain = ({ weight, gradient, learningRate }: UpdateArgs): Update => ({
  pure: () => ({ [weight.name]: sub(weight.value, mul(gradient, learningRate)) }),
  fused: {
    op: 'ResourceApplyGradientDescent',
    inputs: [weight.name, learningRate, gradient],
    attrs: { use_locking: false },
  },
})

const withMomentum = (spec: OptimizerSgd, { weight, slots, gradient, learningRate }: UpdateArgs): Update => {
  const m = named(slots, 'momentum')
  return {
    pure: () => {
      const step = mul(gradient, learningRate)
      const newM = sub(mul(m.value, spec.momentum), step)
      const change = spec.nesterov ? sub(mul(newM, spec.momentum), step) : newM
      return { [weight.name]: add(weight.value, change), [m.name]: newM }
    },
    fused: {
      op: 'ResourceApplyKerasMomentum',
      inputs: [weight.name, m.name, learningRate, gradient, spec.momentum],
      attrs: { use_locking: false, use_nesterov: spec.nesterov },
    },
  }
}
