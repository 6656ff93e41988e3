import type { Semantics } from '../../../schema/recipe.ts'

/** Metrics of an epoch, as Keras' `logs`. */
export type Logs = { loss: number; accuracy: number; val_loss: number; val_accuracy: number }

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
  /** Keep a copy of the weights as they are now: the checkpoint that is evaluated as `best`, or the one to restore at the end. */
  | { type: 'keep_weights'; as: 'best' | 'to_restore'; message: string }
  /** Go back to the copy kept as `to_restore`. */
  | { type: 'restore_weights'; message: string }

/**
 * One callback as a pure function. Its state is plain JSON (non-finite numbers as strings), so that a checkpoint can hold it and a resumed
 * run decides as an uninterrupted one.
 */
export type CallbackRow<Spec, State> = {
  init: (spec: Spec) => State
  epochEnd: (spec: Spec, state: State, end: EpochEnd) => { state: State; actions: readonly Action[] }
  /** After the last epoch, whether stopped early or not. */
  trainEnd?: (spec: Spec, state: State, semantics: Semantics) => readonly Action[]
}
