import type { Optimizer, Semantics } from '../../../schema/recipe.ts'
import type { Update } from '../../engine/engine.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import type { OptimizerRow, UpdateArgs } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

type Kind = Optimizer['kind']
type SpecOf<K extends Kind> = Extract<Optimizer, { kind: K }>

/** Every kind of optimizer that a recipe can name. */
export const optimizers: { readonly [K in Kind]: OptimizerRow<SpecOf<K>> } = { adam, sgd, rmsprop, adagrad }

const rowOf = (spec: Optimizer): OptimizerRow<Optimizer> => optimizers[spec.kind] as OptimizerRow<Optimizer>

/** Tensors kept for each weight, of its shape: name → the number they start from. */
export const optimizerSlots = (spec: Optimizer): Readonly<Record<string, number>> => rowOf(spec).slots(spec)

/** Numbers that the update of a step (1-based) needs beside the learning rate, exact in float32, by name. */
export const optimizerScalars = (spec: Optimizer, step: number, semantics: Semantics): Readonly<Record<string, number>> =>
  rowOf(spec).scalars(spec, step, semantics)

/** The change of one weight and its slots. */
export const optimizerUpdate = (spec: Optimizer, args: UpdateArgs): Update => rowOf(spec).update(spec, args)
