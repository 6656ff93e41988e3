import type { Callback, Semantics } from '../../../schema/recipe.ts'
import type { Action, CallbackRow, EpochEnd, Kept } from './callback.ts'
import { early_stopping } from './early_stopping.ts'
import { model_checkpoint } from './model_checkpoint.ts'
import { reduce_lr_on_plateau } from './reduce_lr_on_plateau.ts'
import { terminate_on_nan } from './terminate_on_nan.ts'

type Kind = Callback['kind']

/** Every kind of callback that a recipe can name. */
export const callbacks: { readonly [K in Kind]: CallbackRow<Extract<Callback, { kind: K }>> } = {
  early_stopping,
  reduce_lr_on_plateau,
  model_checkpoint,
  terminate_on_nan,
}

/** What copies of the weights these callbacks keep aside. */
export const weightsKept = (specs: readonly Callback[]): ReadonlySet<Kept> =>
  new Set(specs.flatMap((spec) => rowOf(spec).keeps?.(spec) ?? []))

/** The row of a callback's own kind. Its state is its own too: opaque, plain JSON to whoever carries it from epoch to epoch. */
const rowOf = (spec: Callback): CallbackRow<Callback> => callbacks[spec.kind] as CallbackRow<Callback>

/** Whether one of them ends a training whose loss is not a number. */
export const endOnNan = (specs: readonly Callback[]): boolean => specs.some((spec) => rowOf(spec).endsOnNan === true)

/** The state before the first epoch. */
export const callbackInit = (spec: Callback): unknown => rowOf(spec).init(spec)

/** What the callback wants done after an epoch, in this order, and its state for the next. */
export const callbackEpochEnd = (spec: Callback, state: unknown, end: EpochEnd): { state: unknown; actions: readonly Action[] } =>
  rowOf(spec).epochEnd(spec, state, end)

/** What it wants done after the last epoch, stopped early or not. */
export const callbackTrainEnd = (spec: Callback, state: unknown, semantics: Semantics): readonly Action[] =>
  rowOf(spec).trainEnd?.(spec, state, semantics) ?? []
