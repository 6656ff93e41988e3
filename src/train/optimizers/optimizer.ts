import type { Tensor } from '@tensorflow/tfjs-core'
import type { Semantics } from '../../../schema/recipe.ts'
import type { Update } from '../../engine/engine.ts'

/** A tensor of the state and the name it has there. */
type Slot = { name: string; value: Tensor }

export type UpdateArgs = {
  /** State name and value of the weight. */
  weight: Slot
  /** By the slot's own name (`m`, `v`). */
  slots: Readonly<Record<string, Slot>>
  /** Of the loss, shape of the weight. */
  gradient: Tensor
  /** Scalar, float32. */
  learningRate: Tensor
  /** What `scalars` gave for this step, as float32 scalars. */
  scalars: Readonly<Record<string, Tensor>>
  semantics: Semantics
}

/** One optimizer: its extra state for each weight, and the rule of one step. */
export type OptimizerRow<Spec> = {
  /** Tensors kept for each weight, of its shape, by name, with the number they start from. */
  slots: (spec: Spec) => Readonly<Record<string, number>>
  /** Numbers that change from step to step (1-based), beside the learning rate: e.g. float32(β)ᵗ. */
  scalars: (spec: Spec, step: number, semantics: Semantics) => Readonly<Record<string, number>>
  /** The change of one weight and its slots: the rule in ordinary ops, and TensorFlow's fused operation where it is the same rule. */
  update: (spec: Spec, args: UpdateArgs) => Update
}

/** The part of that name. One that is missing is a bug: `slots` and `scalars` are what `update` asks for. */
export const named = <Value>(parts: Readonly<Record<string, Value>>, name: string): Value => {
  const part = parts[name]
  if (part === undefined) throw new Error(`the update was not given its ${name}`)
  return part
}
