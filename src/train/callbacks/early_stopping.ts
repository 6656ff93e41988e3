import type { CallbackEarlyStopping, Semantics } from '../../../schema/recipe.ts'
import type { Action, CallbackRow } from './callback.ts'
import { improvementText, noImprovementText, valueText } from './message.ts'
import { isImprovement, type JsonNumber, monitored, toJson } from './monitor.ts'

type EarlyStoppingState = {
  /** Epochs since the best one. */
  wait: number
  best: JsonNumber | null
  /** 0-based. */
  bestEpoch: number
  /** Whether there are weights to restore. */
  kept: boolean
}

const restore = ({ bestEpoch }: EarlyStoppingState): Action => ({
  type: 'restore_weights',
  message: `weights of epoch ${bestEpoch + 1} restored`,
})

const stopMessage = ({ monitor }: CallbackEarlyStopping, { wait, best, bestEpoch }: EarlyStoppingState): string => {
  const known = best === null ? 'never a number' : `best ${valueText(best)} at epoch ${bestEpoch + 1}`
  return `${noImprovementText(monitor, wait)} (${known})`
}

/** TensorFlow 2.4 takes the baseline for the best value there was; Keras 3 does not. */
const bestBefore = ({ baseline }: CallbackEarlyStopping, { best }: EarlyStoppingState, semantics: Semantics): JsonNumber | null =>
  best ?? (semantics === 'keras-2.4' && baseline !== undefined ? baseline : null)

const bettersBaseline = (spec: CallbackEarlyStopping, value: number, semantics: Semantics): boolean =>
  spec.baseline === undefined || isImprovement(spec, value, { best: spec.baseline, semantics })

/** TensorFlow 2.4 restores when it stops, and only then; Keras 3 whenever training has ended. */
const restoresAtStop = (semantics: Semantics): boolean => semantics === 'keras-2.4'

/**
 * Source: keras.callbacks.EarlyStopping of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`. There a run whose monitor is NaN from the start
 * can stop after its first epoch, and has nothing to restore (TensorFlow crashes then). `start_from_epoch` came later and means the same.
 */
export const early_stopping: CallbackRow<CallbackEarlyStopping, EarlyStoppingState> = {
  keeps: ({ restore_best_weights }) => (restore_best_weights ? 'to_restore' : null),
  init: () => ({ wait: 0, best: null, bestEpoch: 0, kept: false }),
  epochEnd: (spec, state, { epoch, logs, semantics }) => {
    if (epoch < spec.start_from_epoch) return { state, actions: [] }
    const value = monitored(spec, logs)
    if (isImprovement(spec, value, { best: bestBefore(spec, state, semantics), semantics })) {
      const message = improvementText(spec.monitor, value, state.best)
      return {
        state: {
          wait: bettersBaseline(spec, value, semantics) ? 0 : state.wait + 1,
          best: toJson(value),
          bestEpoch: epoch,
          kept: spec.restore_best_weights,
        },
        actions: spec.restore_best_weights ? [{ type: 'keep_weights', as: 'to_restore', message }] : [],
      }
    }
    const next = { ...state, wait: state.wait + 1 }
    if (next.wait < spec.patience) return { state: next, actions: [] }
    const stop: Action = { type: 'stop', message: stopMessage(spec, next) }
    return { state: next, actions: next.kept && restoresAtStop(semantics) ? [stop, restore(next)] : [stop] }
  },
  trainEnd: (_spec, state, semantics) => (state.kept && !restoresAtStop(semantics) ? [restore(state)] : []),
}
