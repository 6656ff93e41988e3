import type { Optimizer, Semantics } from '../../../schema/recipe.ts'
import type { Update } from '../../engine/engine.ts'
import { add, mul, sub } from '../../engine/tfjs.ts'
import { adadelta } from './adadelta.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { lion } from './lion.ts'
import { nadam } from './nadam.ts'
import type { OptimizerRow, UpdateArgs } from './optimizer.ts'
import { radam } from './radam.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

type Kind = Optimizer['kind']
type SpecOf<K extends Kind> = Extract<Optimizer, { kind: K }>

/** Every kind of optimizer that a recipe can name. */
export const optimizers: { readonly [K in Kind]: OptimizerRow<SpecOf<K>> } = {
  adam,
  adamw: adam,
  nadam,
  adamax,
  radam,
  lion,
  sgd,
  rmsprop,
  adagrad,
  adadelta,
}

/** Slots that any optimizer may have: the sum of the gradients since the last update, and the moving average of the weight. */
export const ACCUMULATED = 'accumulated_gradient'
export const AVERAGE = 'average'

/** Tensors kept for each weight, of its shape: name → the number they start from. */
export const optimizerSlots = (spec: Optimizer): Readonly<Record<string, number>> => ({
  ...rowOf(spec).slots(spec),
  ...(spec.gradient_accumulation_steps > 1 ? { [ACCUMULATED]: 0 } : {}),
  ...(spec.use_ema ? { [AVERAGE]: 0 } : {}),
})

const rowOf = (spec: Optimizer): OptimizerRow<Optimizer> => optimizers[spec.kind] as OptimizerRow<Optimizer>

/** Whether a step (1-based) updates the weights, or only adds to the gradients of those before. */
export const updatesWeights = ({ gradient_accumulation_steps }: Optimizer, step: number): boolean =>
  step % gradient_accumulation_steps === 0

/** Numbers that a step (1-based) needs beside the learning rate, exact in float32, by name. */
export const optimizerScalars = (spec: Optimizer, step: number, semantics: Semantics): Readonly<Record<string, number>> => {
  /** Updates before this step, Keras' `iterations`. */
  const done = Math.floor((step - 1) / spec.gradient_accumulation_steps)
  const { ema_momentum, ema_overwrite_frequency: every } = spec
  const overwrites = every !== undefined && (done + 1) % every === 0
  return {
    ...rowOf(spec).scalars(spec, done + 1, semantics),
    // The first average is the weight itself.
    ...(spec.use_ema ? { ema_momentum: done === 0 ? 0 : ema_momentum, ema_overwrites: overwrites ? 1 : 0 } : {}),
  }
}

/**
 * The change of one weight and its slots. Weight decay comes first: w − w·decay·lr, or, coupled, w·decay added to the gradient.
 * Source: `_apply_weight_decay` of Keras 3.15; coupled, torch.optim.SGD of PyTorch 2.15. Keras 2.4's optimizers have none; here it means the
 * same for them.
 */
export const optimizerUpdate = (spec: Optimizer, args: UpdateArgs): Update => {
  const { weight, gradient, learningRate } = args
  const row = rowOf(spec)
  if (!decays(spec, weight.name)) return row.update(spec, args)
  const share = mul(weight.value, spec.weight_decay)
  if (spec.coupled_weight_decay) return row.update(spec, { ...args, gradient: add(gradient, share) })
  // A fused operation would begin with the weight as it was.
  return { pure: row.update(spec, { ...args, weight: { ...weight, value: sub(weight.value, mul(share, learningRate)) } }).pure }
}

const decays = ({ weight_decay, exclude_from_weight_decay: excluded }: Optimizer, weight: string): boolean =>
  weight_decay > 0 && !excluded.some((part) => weight.endsWith(`/${part}`))
