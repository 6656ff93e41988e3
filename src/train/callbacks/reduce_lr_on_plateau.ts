import type { CallbackReduceLrOnPlateau, Semantics } from '../../../schema/recipe.ts'
import type { CallbackRow } from './callback.ts'
import { noImprovementText, rateText } from './message.ts'
import { isImprovement, type JsonNumber, monitored, toJson } from './monitor.ts'

type ReduceLrOnPlateauState = {
  /** Epochs since the best one, the last reduction or the end of its cooldown; 0 during a cooldown. */
  wait: number
  /** Epochs of cooldown left. */
  cooldown: number
  best: JsonNumber | null
}

/**
 * The lower learning rate, or null at the floor. Keras keeps the rate in float32 and multiplies in float64; today it compares with the
 * floor as float32, TensorFlow 2.4 with the floor as written.
 */
const lowered = ({ factor, min_lr }: CallbackReduceLrOnPlateau, learningRate: number, semantics: Semantics): number | null => {
  const old = Math.fround(learningRate)
  const floor = semantics === 'keras-3' ? Math.fround(min_lr) : min_lr
  return old > floor ? Math.fround(Math.max(old * factor, min_lr)) : null
}

/**
 * The cooldown is counted down before it is asked for, so a cooldown of 1 costs nothing; an improvement during it is still noted. At the
 * floor nothing happens, cooldown included. Source: keras.callbacks.ReduceLROnPlateau of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`.
 */
export const reduce_lr_on_plateau: CallbackRow<CallbackReduceLrOnPlateau, ReduceLrOnPlateauState> = {
  init: () => ({ wait: 0, cooldown: 0, best: null }),
  epochEnd: (spec, state, { logs, learningRate, semantics }) => {
    const value = monitored(spec, logs)
    const cooldown = Math.max(state.cooldown - 1, 0)
    const improved = isImprovement(spec, value, { best: state.best, semantics })
    if (improved) return { state: { wait: 0, cooldown, best: toJson(value) }, actions: [] }
    if (cooldown > 0) return { state: { ...state, cooldown }, actions: [] }
    const wait = state.wait + 1
    const rate = wait >= spec.patience ? lowered(spec, learningRate, semantics) : null
    if (rate === null) return { state: { ...state, wait, cooldown }, actions: [] }
    const message = `${noImprovementText(spec.monitor, wait)}: learning rate ${rateText(learningRate)} → ${rateText(rate)}`
    return { state: { ...state, wait: 0, cooldown: spec.cooldown }, actions: [{ type: 'set_learning_rate', value: rate, message }] }
  },
}
