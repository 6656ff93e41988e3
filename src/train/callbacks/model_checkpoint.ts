import type { CallbackModelCheckpoint } from '../../../schema/recipe.ts'
import type { CallbackRow } from './callback.ts'
import { improvementText } from './message.ts'
import { isImprovement, type JsonNumber, monitored, toJson } from './monitor.ts'

type ModelCheckpointState = { best: JsonNumber | null }

/**
 * Keeps the weights of each epoch that is strictly better than all before, or of every epoch.
 * Source: keras.callbacks.ModelCheckpoint of Keras 3.15; of TensorFlow 2.4 for `keras-2.4`.
 */
export const model_checkpoint: CallbackRow<CallbackModelCheckpoint, ModelCheckpointState> = {
  keeps: () => 'best',
  init: ({ initial_value_threshold }) => ({ best: initial_value_threshold ?? null }),
  epochEnd: (spec, state, { epoch, logs, semantics }) => {
    if (!spec.save_best_only) {
      return { state, actions: [{ type: 'keep_weights', as: 'best', message: `weights of epoch ${epoch + 1} kept` }] }
    }
    const value = monitored(spec, logs)
    if (!isImprovement(spec, value, { best: state.best, semantics })) return { state, actions: [] }
    const message = improvementText(spec.monitor, value, state.best)
    return { state: { best: toJson(value) }, actions: [{ type: 'keep_weights', as: 'best', message }] }
  },
}
