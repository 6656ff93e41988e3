import type { CallbackTerminateOnNan } from '../../../schema/recipe.ts'
import type { CallbackRow } from './callback.ts'

/**
 * Stops when the training loss is NaN or infinite. Keras asks after every batch, of the mean so far, which once it is not finite stays so:
 * the decision is the same, at the end of the epoch instead of in it.
 * Source: keras.callbacks.TerminateOnNaN of Keras 3.15 and TensorFlow 2.4.
 */
export const terminate_on_nan: CallbackRow<CallbackTerminateOnNan, Record<string, never>> = {
  endsOnNan: true,
  init: () => ({}),
  epochEnd: (_spec, state, { epoch, logs }) => ({
    state,
    actions: Number.isFinite(Math.fround(logs.loss)) ? [] : [{ type: 'stop', message: `loss is ${logs.loss} at epoch ${epoch + 1}` }],
  }),
}
