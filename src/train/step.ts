import * as tf from '@tensorflow/tfjs-core'
import type { Loss, Optimizer, Semantics } from '../../schema/recipe.ts'
import type { FunctionSpec, PureFunction, TensorSpec, Tensors, Update } from '../engine/engine.ts'
import type { Network, WeightSpec } from '../model/network.ts'
import type { Precision } from '../model/precision.ts'
import { areFinite, isScaled, nextScale, onlyIf, SKIPPED_STEPS, scaleOf } from './loss_scale.ts'
import { perImageLoss } from './losses/table.ts'
import { accumulateGradients, applyGradients } from './optimizers/apply_gradients.ts'
import { optimizerScalars } from './optimizers/table.ts'

export type StepSpec = { network: Network; optimizer: Optimizer; loss: Loss; semantics: Semantics; precision: Precision }

/** Name of the input that carries a layer's random numbers. */
export const noiseInput = (noise: string): string => `noise/${noise}`

/** Name of the input that carries a number of the optimizer that changes from step to step. */
export const scalarInput = (scalar: string): string => `optimizer/${scalar}`

/** The training step for batches of one size, with the shapes of its inputs. */
export const trainStep = (spec: StepSpec, batch: number): FunctionSpec => ({
  inputs: trainInputs(spec, batch),
  run: trainFunction(spec, applyGradients),
})

const trainInputs = ({ network, optimizer, semantics }: StepSpec, batch: number): FunctionSpec['inputs'] => ({
  x: float([batch, ...network.inputShape]),
  y: float([batch, ...network.outputShape]),
  sample_weight: float([batch]),
  learning_rate: float([]),
  ...Object.fromEntries(network.noise.map(({ name, shape }) => [noiseInput(name), float([batch, ...shape])])),
  ...Object.fromEntries(Object.keys(optimizerScalars(optimizer, 1, semantics)).map((scalar) => [scalarInput(scalar), float([])])),
})

const float = (shape: readonly number[]): TensorSpec => ({ shape, dtype: 'float32' })

/**
 * One training step as a pure function. Loss: Σ weight·loss / batch + penalties, as Keras 3 has it (`sum_over_batch_size`: class weights do not
 * enter the divisor). Outputs `loss` and `correct`, both scalars; in float16 also how many steps so far have changed no weight.
 * @param changes  what its gradients change
 */
const trainFunction = (spec: StepSpec, changes: typeof applyGradients): PureFunction => {
  const { network, optimizer, loss, semantics, precision } = spec
  const trainable = network.weights.filter((weight) => weight.trainable)
  const names = trainable.map(({ name }) => name)
  const scalars = Object.keys(optimizerScalars(optimizer, 1, semantics))
  return (inputs, state) => {
    const { x, y, sample_weight, learning_rate } = inputs as Record<string, tf.Tensor> & {
      x: tf.Tensor
      y: tf.Tensor
      sample_weight: tf.Tensor
      learning_rate: tf.Tensor
    }
    const noise = Object.fromEntries(network.noise.map(({ name }) => [name, inputs[noiseInput(name)] as tf.Tensor]))
    const side: { output?: tf.Tensor; updates: Tensors } = { updates: {} }
    const total = (...values: tf.Tensor[]): tf.Scalar => {
      const weights = { ...state, ...Object.fromEntries(names.map((name, index) => [name, values[index] as tf.Tensor])) }
      const { logits, output, updates } = network.forward({ x, weights, noise, training: true, semantics, precision })
      side.output = tf.keep(tf.clone(output))
      side.updates = Object.fromEntries(Object.entries(updates).map(([name, value]) => [name, tf.keep(tf.clone(value))]))
      const perImage = perImageLoss(loss, { y, logits, output, outputActivation: network.outputActivation })
      const mean = tf.div<tf.Scalar>(tf.sum(tf.mul(perImage, sample_weight)), x.shape[0] as number)
      const extra = penalty(penalized(spec), weights)
      const whole = extra === null ? mean : tf.add<tf.Scalar>(mean, extra)
      return isScaled(precision) ? tf.mul<tf.Scalar>(whole, scaleOf(state)) : whole
    }
    const scaled = tf.valueAndGrads(total)(names.map((name) => state[name] as tf.Tensor))
    const unscaled = <T extends tf.Tensor>(x: T): T => (isScaled(precision) ? tf.div<T>(x, scaleOf(state)) : x)
    const [value, grads] = [unscaled(scaled.value), scaled.grads.map(unscaled)]
    const moved: Update[] = Object.entries(side.updates).map(([name, kept]) => {
      const next = carriedOut(kept)
      return { pure: () => ({ [name]: next }) }
    })
    const updates = changes(optimizer, {
      state,
      names,
      gradients: grads,
      learningRate: learning_rate,
      scalars: named(scalars, (scalar) => inputs[scalarInput(scalar)] as tf.Tensor),
      semantics,
    })
    const outputs = { loss: value, correct: correctOf(y, carriedOut(side.output as tf.Tensor)) }
    if (!isScaled(precision)) return { outputs, updates: [...moved, ...updates] }
    const finite = areFinite(grads)
    const next = nextScale(finite, state)
    return {
      outputs: { ...outputs, [SKIPPED_STEPS]: next[SKIPPED_STEPS] as tf.Tensor },
      updates: [...moved, ...updates.map((update) => onlyIf(finite, update, state)), { pure: () => next }],
    }
  }
}

/** Σ l1·|w| + l2·w² over the regularized weights, a scalar; null where there are none. */
const penalty = (specs: readonly WeightSpec[], weights: Tensors): tf.Scalar | null => {
  const terms = specs.flatMap(({ name, l1, l2 }) => {
    const weight = weights[name] as tf.Tensor
    return [
      ...(l1 > 0 ? [tf.mul<tf.Scalar>(l1, tf.sum(tf.abs(weight)))] : []),
      ...(l2 > 0 ? [tf.mul<tf.Scalar>(l2, tf.sum(tf.square(weight)))] : []),
    ]
  })
  return terms.length === 0 ? null : tf.addN(terms)
}

/** Weights whose penalties count: Keras 3 leaves frozen ones out, Keras 2 does not. */
const penalized = ({ network, semantics }: StepSpec): WeightSpec[] =>
  network.weights.filter(({ trainable }) => trainable || semantics === 'keras-2.4')

/** A tensor made inside a gradient's scope, carried out of it into the scope around. */
const carriedOut = (kept: tf.Tensor): tf.Tensor => {
  const copy = tf.clone(kept)
  kept.dispose()
  return copy
}

const named = (names: readonly string[], value: (name: string) => tf.Tensor): Tensors =>
  Object.fromEntries(names.map((name) => [name, value(name)]))

/** How many of a batch the network got right, a scalar: Keras' categorical accuracy times the batch. */
const correctOf = (y: tf.Tensor, output: tf.Tensor): tf.Scalar =>
  tf.sum(tf.cast(tf.equal(tf.argMax(y, -1), tf.argMax(output, -1)), 'float32'))

/** A training step that leaves the weights as they are, and adds its gradients to those before. */
export const accumulateStep = (spec: StepSpec, batch: number): FunctionSpec => ({
  inputs: trainInputs(spec, batch),
  run: trainFunction(spec, accumulateGradients),
})

/** The evaluation of batches of one size. */
export const evaluateStep = (spec: StepSpec, batch: number): FunctionSpec => ({
  inputs: { x: float([batch, ...spec.network.inputShape]), y: float([batch, ...spec.network.outputShape]) },
  run: evaluateFunction(spec),
})

/** A forward pass without dropout. Outputs `losses` [batch] (without penalties), `output` [batch, classes], and `penalty`, a scalar. */
const evaluateFunction =
  (spec: StepSpec): PureFunction =>
  (inputs, state) => {
    const { network, loss, semantics, precision } = spec
    const { x, y } = inputs as { x: tf.Tensor; y: tf.Tensor }
    const { logits, output } = network.forward({ x, weights: state, noise: {}, training: false, semantics, precision })
    const losses = perImageLoss(loss, { y, logits, output, outputActivation: network.outputActivation })
    return { outputs: { losses, output, penalty: penalty(penalized(spec), state) ?? tf.scalar(0) } }
  }
