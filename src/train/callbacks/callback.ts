import type { Semantics } from '../../../schema/recipe.ts'

/** Metrics of an epoch, as Keras' `logs`. */
export type Logs = { loss: number; accuracy: number; val_loss: number; val_accuracy: number }

/** Weights kept aside by a callback: the best ones, which are evaluated beside the last, or those to go back to at the end. */
export type Kept = 'best' | 'to_restore'

export type EpochEnd = {
  /** 0-based, as Keras counts. */
  epoch: number
  logs: Logs
  /** In force during this epoch, or as an earlier callback of this epoch has set it. */
  learningRate: number
  semantics: Semantics
}

/** What a callback wants done, with the words for the record. */
export type Action =
  | { type: 'stop'; message: string }
  | { type: 'set_learning_rate'; value: number; message: string }
  /** Keep a copy of the weights as they are now. */
  | { type: 'keep_weights'; as: Kept; message: string }
  /** Go back to the copy kept as `to_restore`. */
  | { type: 'restore_weights'; message: string }

/**
 * One callback as a pure function. Its state is plain JSON (non-finite numbers as strings), so that a checkpoint can hold it and a resumed
 * run decides as an uninterrupted one.
 */
export type CallbackRow<Spec, State = unknown> = {
  /** What it may keep a copy of the weights as; none: it keeps none. */
  keeps?: (spec: Spec) => Kept | null
  /** Set where it ends a training whose loss is not a number, which would fail otherwise. */
  endsOnNan?: true
  // Methods, so that a row with a state of its own is a row whose state nobody else looks into.
  init(spec: Spec): State
  epochEnd(spec: Spec, state: State, end: EpochEnd): { state: State; actions: readonly Action[] }
  /** After the last epoch, whether stopped early or not. */
  trainEnd?(spec: Spec, state: State, semantics: Semantics): readonly Action[]
}
