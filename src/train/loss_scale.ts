import { add, addN, equal, mul, scalar, sum, type Tensor, where } from '@tensorflow/tfjs-core'
import type { State, Tensors, Update } from '../engine/engine.ts'
import type { Precision } from '../model/precision.ts'

/**
 * Keras' `LossScaleOptimizer`: gradients of float16 that would vanish are kept by multiplying the loss, and are divided again in float32. A
 * step whose gradients are not finite changes no weight and halves the factor; 2,000 finite ones in a row double it.
 * Source: keras.optimizers.LossScaleOptimizer of Keras 3.15, defaults.
 */
const INITIAL_SCALE = 2 ** 15
const GROWTH_STEPS = 2000

/** Names in the state: the factor, the finite steps since it last changed, and all steps that changed no weight. */
const SCALE = 'loss_scale/scale'
const FINITE_STEPS = 'loss_scale/finite_steps'
export const SKIPPED_STEPS = 'loss_scale/skipped_steps'

/** Keras scales the loss for float16 alone: bfloat16 has the range of float32. */
export const isScaled = (precision: Precision): boolean => precision?.type === 'float16'

/** What is kept between steps beside weights and slots. */
export const lossScaleState = (precision: Precision): State =>
  isScaled(precision) ? { [SCALE]: start(INITIAL_SCALE), [FINITE_STEPS]: start(0), [SKIPPED_STEPS]: start(0) } : {}

const start = (value: number): State[string] => ({ shape: [], values: Float32Array.of(value) })

export const scaleOf = (state: Tensors): Tensor => state[SCALE] as Tensor

/** Whether all numbers of all gradients are finite, a boolean scalar: only then is the sum of their products with zero a zero. */
export const areFinite = (gradients: readonly Tensor[]): Tensor => equal(addN(gradients.map((gradient) => sum(mul(gradient, 0)))), 0)

/** An update that takes place only where `condition` is true. TensorFlow's fused operations know no condition. */
export const onlyIf = (condition: Tensor, { pure }: Update, state: Tensors): Update => ({
  pure: () => Object.fromEntries(Object.entries(pure()).map(([name, value]) => [name, where(condition, value, state[name] as Tensor)])),
})

/** The factor and the counts after a step. */
export const nextScale = (finite: Tensor, state: Tensors): Tensors => {
  const [scale, steps, skipped] = [SCALE, FINITE_STEPS, SKIPPED_STEPS].map((name) => state[name] as Tensor) as [Tensor, Tensor, Tensor]
  const grows = equal(steps, GROWTH_STEPS - 1)
  return {
    [SCALE]: where(finite, where(grows, mul(scale, 2), scale), mul(scale, 0.5)),
    [FINITE_STEPS]: where(finite, where(grows, scalar(0), add(steps, 1)), scalar(0)),
    [SKIPPED_STEPS]: where(finite, skipped, add(skipped, 1)),
  }
}
