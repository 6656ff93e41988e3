import { callbackInit } from './callbacks/table.ts'
import { epochOf, logsOf, NO_SUMS } from './epoch_sums.ts'
import { evaluate } from './evaluate.ts'
import { callbacksAtEpochEnd, callbacksAtTrainEnd, type FitProgress } from './fit_callbacks.ts'
import type { FitOptions } from './fit_options.ts'
import type { FitState, Tensors } from './fit_state.ts'
import { rememberedReads } from './remembered_reads.ts'
import { trainSteps } from './train_steps.ts'

export type FitResult = {
  /** Whether the signal ended it; then the checkpoint is saved and the rest is not to be used. */
  interrupted: boolean
  state: FitState
  /** Weights of the best epoch, if a callback keeps them. */
  best: { epoch: number; weights: Tensors } | null
}

/**
 * Keras' `fit`: epochs of training steps, each followed by validation and then by the callbacks in their order. Losses are means over images.
 * Everything that happens is a function of the arguments, so a training that goes on from a checkpoint ends as one that was never stopped.
 * @throws UserError `diverged` when the loss is not finite and no callback ends such a training.
 */
export const fit = async (given: FitOptions): Promise<FitResult> => {
  const options = { ...given, session: rememberedReads(given.session) }
  const { save, afterStep, afterEpoch } = checkpoints(options)
  let training = await begin(options)
  while (training.state.epoch < options.epochs && !training.state.stopped) {
    const epoch = await runEpoch(training, { ...options, afterStep })
    training = epoch.training
    if (!epoch.finished) {
      await save(training)
      return { interrupted: true, state: training.state, best: null }
    }
    await afterEpoch(training)
  }
  await options.session.useAverages()
  const { state, kept } = await callbacksAtTrainEnd(training, options)
  return { interrupted: false, state, best: kept.best ? { epoch: state.kept.best as number, weights: kept.best } : null }
}

/** At the end of an epoch a checkpoint may take this share of the time since the last one: epochs of a second need not be kept each. */
const CHECKPOINT_SHARE = 0.01

type Checkpoints = Record<'save' | 'afterStep' | 'afterEpoch', (training: FitProgress) => Promise<void>>

/** When checkpoints are kept. `save` does so in any case, for a training that is to end. */
const checkpoints = ({ session, saveCheckpoint, checkpointSeconds }: FitOptions): Checkpoints => {
  let [saved, cost] = [performance.now(), 0]
  const save = async ({ state, kept }: FitProgress) => {
    const begun = performance.now()
    await saveCheckpoint({ state, tensors: await session.read(), kept })
    saved = performance.now()
    cost = saved - begun
  }
  const saveAfter = (ms: () => number) => async (training: FitProgress) => {
    if (performance.now() - saved > ms()) await save(training)
  }
  return { save, afterStep: saveAfter(() => checkpointSeconds * 1000), afterEpoch: saveAfter(() => cost / CHECKPOINT_SHARE) }
}

/** Where the training begins, the session's state with it. */
const begin = async (options: FitOptions): Promise<FitProgress> => {
  const { resume, session } = options
  if (!resume) return { state: freshState(options), kept: {} }
  await session.write(resume.tensors)
  return { state: { ...resume.state, resumed: resume.state.resumed + 1 }, kept: resume.kept }
}

const freshState = ({ learningRate, callbacks }: FitOptions): FitState => ({
  epoch: 0,
  step: 0,
  learningRate,
  sums: NO_SUMS,
  opening: [],
  history: [],
  events: [],
  callbacks: callbacks.map(callbackInit),
  stopped: false,
  kept: {},
  resumed: 0,
})

/** One epoch, or what is left of it. `finished` false where the signal ended it: then it goes on from the steps that were done. */
const runEpoch = async (
  { state, kept }: FitProgress,
  { afterStep, ...options }: FitOptions & Pick<Checkpoints, 'afterStep'>,
): Promise<{ training: FitProgress; finished: boolean }> => {
  if (options.signal.aborted) return { training: { state, kept }, finished: false }
  const steps = await trainSteps(state, { ...options, afterStep: (reached) => afterStep({ state: reached, kept }) })
  const trained = { state: steps.state, kept }
  const ended = steps.finished ? await unlessAborted(options.signal, endEpoch(trained, options)) : null
  return { training: ended ?? trained, finished: ended !== null }
}

/** A validation that the signal ended counts for nothing: it is done anew when the training goes on. */
const unlessAborted = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null
    throw error
  }
}

/** Validation and callbacks: the training at the start of the next epoch. */
const endEpoch = async ({ state, kept }: FitProgress, options: FitOptions): Promise<FitProgress> => {
  const begun = performance.now()
  const validation = await evaluate(options.session, options.validation, { epoch: state.epoch, signal: options.signal })
  const logs = logsOf(state.sums, validation)
  const epoch = epochOf(state, logs, (performance.now() - begun) / 1000)
  options.onEpoch(epoch)
  const ended = await callbacksAtEpochEnd({ state: { ...state, history: [...state.history, epoch] }, kept }, logs, options)
  return { ...ended, state: { ...ended.state, epoch: state.epoch + 1, sums: NO_SUMS } }
}
