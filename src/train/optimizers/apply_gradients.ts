import type { Tensor } from '@tensorflow/tfjs-core'
import type { Optimizer, Semantics } from '../../../schema/recipe.ts'
import type { Tensors, Update } from '../../engine/engine.ts'
import { add, div, greater, mul, sub, where, zerosLike } from '../../engine/tfjs.ts'
import { clipped } from './clipping.ts'
import { named } from './optimizer.ts'
import { ACCUMULATED, AVERAGE, optimizerSlots, optimizerUpdate } from './table.ts'

/** Name in the state of an optimizer's slot for a weight, e.g. `m/conv2d/kernel`. */
export const slotName = (slot: string, weight: string): string => `${slot}/${weight}`

/** The end of a step: its gradients, and all that is needed to do something with them. */
export type GradientStep = {
  /** Weights and slots, by name. */
  state: Tensors
  /** Of the trained weights. */
  names: readonly string[]
  /** In the order of `names`, each of its weight's shape. */
  gradients: readonly Tensor[]
  /** Scalar, float32. */
  learningRate: Tensor
  /** What `optimizerScalars` gave for this step. */
  scalars: Tensors
  semantics: Semantics
}

/**
 * The change of all weights and slots by a step that updates them: gradients are clipped, weights decay, the optimizer's rule is applied,
 * averages follow. Where gradients are accumulated, their mean is what counts.
 * Source: `_backend_apply_gradients` of Keras 3.15.
 */
export const applyGradients = (spec: Optimizer, step: GradientStep): Update[] => {
  const { names, state } = step
  const gradients = clipped(spec, meanGradients(spec, step))
  const updates = names.map((name, index) =>
    averaged(spec, weightUpdate(spec, step, { name, gradient: gradients[index] as Tensor }), { name, step }),
  )
  if (spec.gradient_accumulation_steps === 1) return updates
  const emptied = names.map((name) => slotName(ACCUMULATED, name))
  return [...updates, ...emptied.map((sum) => ({ pure: () => ({ [sum]: zerosLike(named(state, sum)) }) }))]
}

/** The change by a step that only adds to the gradients of those before. */
export const accumulateGradients = (spec: Optimizer, step: GradientStep): Update[] =>
  step.names.map((name, index) => {
    const sum = slotName(ACCUMULATED, name)
    return averaged(spec, { pure: () => ({ [sum]: add(named(step.state, sum), step.gradients[index] as Tensor) }) }, { name, step })
  })

const meanGradients = ({ gradient_accumulation_steps: steps }: Optimizer, { names, gradients, state }: GradientStep): readonly Tensor[] =>
  steps === 1
    ? gradients
    : gradients.map((gradient, index) => div(add(gradient, named(state, slotName(ACCUMULATED, names[index] as string))), steps))

const weightUpdate = (spec: Optimizer, step: GradientStep, { name, gradient }: { name: string; gradient: Tensor }): Update => {
  const { state, learningRate, scalars, semantics } = step
  const slots = Object.keys(optimizerSlots(spec)).map((slot) => {
    const place = slotName(slot, name)
    return [slot, { name: place, value: named(state, place) }] as const
  })
  const weight = { name, value: named(state, name) }
  return optimizerUpdate(spec, { weight, slots: Object.fromEntries(slots), gradient, learningRate, scalars, semantics })
}

/** The same update, which the weight's moving average follows: average·momentum + weight·(1 − momentum). */
const averaged = (spec: Optimizer, update: Update, { name, step }: { name: string; step: GradientStep }): Update => {
  if (!spec.use_ema) return update
  const { state, scalars } = step
  const [place, momentum] = [slotName(AVERAGE, name), named(scalars, 'ema_momentum')]
  return {
    pure: () => {
      const changed = update.pure()
      const weight = changed[name] ?? named(state, name)
      const average = add(mul(named(state, place), momentum), mul(weight, sub(1, momentum)))
      if (spec.ema_overwrite_frequency === undefined) return { ...changed, [place]: average }
      return { ...changed, [name]: where(greater(named(scalars, 'ema_overwrites'), 0), average, weight), [place]: average }
    },
  }
}
