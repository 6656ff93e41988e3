import type { Callback, Semantics } from '../../../schema/recipe.ts'
import type { Action, CallbackRow, EpochEnd } from './callback.ts'
import { type EarlyStoppingState, early_stopping } from './early_stopping.ts'
import { type ModelCheckpointState, model_checkpoint } from './model_checkpoint.ts'
import { type ReduceLrOnPlateauState, reduce_lr_on_plateau } from './reduce_lr_on_plateau.ts'
import { terminate_on_nan } from './terminate_on_nan.ts'

type Kind = Callback['kind']
type StateOf = {
  early_stopping: EarlyStoppingState
  reduce_lr_on_plateau: ReduceLrOnPlateauState
  model_checkpoint: ModelCheckpointState
  terminate_on_nan: Record<string, never>
}

/** Every kind of callback that a recipe can name. */
export const callbacks: { readonly [K in Kind]: CallbackRow<Extract<Callback, { kind: K }>, StateOf[K]> } = {
  early_stopping,
  reduce_lr_on_plateau,
  model_checkpoint,
  terminate_on_nan,
}

/** The row of a callback's own kind. Its state is its own too: opaque, plain JSON to whoever carries it from epoch to epoch. */
const rowOf = (spec: Callback): CallbackRow<Callback, unknown> => callbacks[spec.kind] as CallbackRow<Callback, unknown>

/** The state before the first epoch. */
export const callbackInit = (spec: Callback): unknown => rowOf(spec).init(spec)

/** What the callback wants done after an epoch, in this order, and its state for the next. */
export const callbackEpochEnd = (spec: Callback, state: unknown, end: EpochEnd): { state: unknown; actions: readonly Action[] } =>
  rowOf(spec).epochEnd(spec, state, end)

/** What it wants done after the last epoch, stopped early or not. */
export const callbackTrainEnd = (spec: Callback, state: unknown, semantics: Semantics): readonly Action[] =>
  rowOf(spec).trainEnd?.(spec, state, semantics) ?? []
