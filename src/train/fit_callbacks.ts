import type { Callback } from '../../schema/recipe.ts'
import type { Action, Logs } from './callbacks/callback.ts'
import { callbackEpochEnd, callbackTrainEnd } from './callbacks/table.ts'
import type { FitOptions } from './fit_options.ts'
import type { CallbackEvent, FitState, KeptTensors, Tensors } from './fit_state.ts'
import type { Session } from './session.ts'

/** A training between two steps: all of it but what the session holds. */
export type FitProgress = { state: FitState; kept: KeptTensors }

type Context = Pick<FitOptions, 'session' | 'callbacks' | 'semantics' | 'epochs' | 'onEvent'>

/** Every callback at the end of an epoch, in the recipe's order; each sees what those before it have changed. */
export const callbacksAtEpochEnd = async (training: FitProgress, logs: Logs, context: Context): Promise<FitProgress> => {
  let current = training
  for (const [index, callback] of context.callbacks.entries()) {
    const { state, kept } = current
    const end = { epoch: state.epoch, logs, learningRate: state.learningRate, semantics: context.semantics }
    const decided = callbackEpochEnd(callback, state.callbacks[index], end)
    const remembered = { state: { ...state, callbacks: state.callbacks.with(index, decided.state) }, kept }
    current = await actAll(remembered, callback, decided.actions, context)
  }
  return current
}

/** Does what a callback asks for, in its order, and reports what happened. */
const actAll = async (training: FitProgress, { kind }: Callback, actions: readonly Action[], context: Context): Promise<FitProgress> => {
  let current = training
  for (const action of actions) {
    current = await act(current, action, context)
    if (action.type === 'keep_weights') continue
    const event = { epoch: Math.min(current.state.epoch + 1, context.epochs), callback: kind, message: action.message }
    current = withEvent(current, event)
    context.onEvent(event)
  }
  return current
}

/** Does one thing that a callback asks for. */
const act = async (training: FitProgress, action: Action, { session }: Context): Promise<FitProgress> => {
  const { state, kept } = training
  switch (action.type) {
    case 'stop':
      return { state: { ...state, stopped: true }, kept }
    case 'set_learning_rate':
      return { state: { ...state, learningRate: action.value }, kept }
    case 'keep_weights':
      return {
        state: { ...state, kept: { ...state.kept, [action.as]: state.epoch + 1 } },
        kept: { ...kept, [action.as]: await weightsOf(session) },
      }
    case 'restore_weights':
      if (kept.to_restore) await session.write(kept.to_restore)
      return training
  }
}

/** Values of the network's weights, without the optimizer's slots. */
const weightsOf = async ({ network, read }: Session): Promise<Tensors> => {
  const all = await read()
  return Object.fromEntries(network.weights.map(({ name }) => [name, all[name] as Float32Array]))
}

const withEvent = ({ state, kept }: FitProgress, event: CallbackEvent): FitProgress => ({
  state: { ...state, events: [...state.events, event] },
  kept,
})

/** Every callback once, after the last epoch. */
export const callbacksAtTrainEnd = async (training: FitProgress, context: Context): Promise<FitProgress> => {
  let current = training
  for (const [index, callback] of context.callbacks.entries()) {
    const actions = callbackTrainEnd(callback, current.state.callbacks[index], context.semantics)
    current = await actAll(current, callback, actions, context)
  }
  return current
}
