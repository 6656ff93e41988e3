import type { Callback, Semantics } from '../../schema/recipe.ts'
import type { Batch, BatchSource } from '../data/dataset.ts'
import { userError } from '../problem.ts'
import type { Action, Logs } from './callbacks/callback.ts'
import { callbackEpochEnd, callbackInit, callbackTrainEnd } from './callbacks/table.ts'
import { evaluate } from './evaluate.ts'
import type { CallbackEvent, Epoch, FitCheckpoint, FitState, Kept, Tensors } from './fit_state.ts'
import type { Session } from './session.ts'

type StepProgress = { epoch: number; step: number; steps: number; loss: number; accuracy: number; imagesPerSecond: number }

export type FitOptions = {
  session: Session
  train: BatchSource
  validation: BatchSource
  semantics: Semantics
  epochs: number
  learningRate: number
  callbacks: readonly Callback[]
  /** Weight of each class in the training loss; null: all one. */
  classWeights: readonly number[] | null
  /** Goes on from here instead of starting anew. */
  resume: FitCheckpoint | null
  /** Called at the end of an epoch, on an abort, and in long epochs every `checkpointSeconds`. */
  saveCheckpoint: (checkpoint: FitCheckpoint) => Promise<void>
  checkpointSeconds: number
  signal: AbortSignal
  onStep: (progress: StepProgress) => void
  onEpoch: (epoch: Epoch) => void
  onEvent: (event: CallbackEvent) => void
}

export type FitResult = {
  /** Whether the signal ended it; then the checkpoint is saved and the rest is not to be used. */
  interrupted: boolean
  state: FitState
  /** Weights of the epoch that `model_checkpoint` kept, if there is such a callback. */
  best: { epoch: number; weights: Tensors } | null
}

const NO_SUMS = { loss: 0, correct: 0, images: 0, seconds: 0, steps: 0 }

const freshState = ({ learningRate, callbacks }: FitOptions): FitState => ({
  epoch: 0,
  step: 0,
  learningRate,
  sums: NO_SUMS,
  history: [],
  events: [],
  callbacks: callbacks.map(callbackInit),
  stopped: false,
  kept: {},
  resumed: 0,
})

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

const sampleWeights = ({ labels, size }: Batch, classWeights: readonly number[] | null): Float32Array =>
  classWeights === null ? new Float32Array(size).fill(1) : Float32Array.from(labels, (label) => classWeights[label] as number)

/** A loss that is not a number stays so: the run cannot recover, and says where it went wrong. */
const diverged = (state: FitState, recent: readonly number[]) =>
  userError(
    {
      code: 'diverged',
      message: `The loss became ${recent.at(-1)} in epoch ${state.epoch + 1}, step ${state.step}. Losses before: ${
        recent
          .slice(-6, -1)
          .map((loss) => loss.toPrecision(4))
          .join(', ') || 'none'
      }.`,
      hint: 'Lower training.optimizer.learning_rate; or add { kind: terminate_on_nan } to end such a run without failing.',
    },
    3,
  )

/** The training of one run; see `fit`. */
const training = (options: FitOptions) => {
  const { session, train, validation, callbacks, semantics } = options
  let state: FitState = options.resume ? { ...options.resume.state, resumed: options.resume.state.resumed + 1 } : freshState(options)
  const kept: Partial<Record<Kept, Tensors>> = { ...options.resume?.kept }
  const recent: number[] = []
  const endsOnNan = callbacks.some(({ kind }) => kind === 'terminate_on_nan')
  let saved = performance.now()

  const save = async () => {
    await options.saveCheckpoint({ state, tensors: await session.read(), kept })
    saved = performance.now()
  }

  const weights = async (): Promise<Tensors> => {
    const all = await session.read()
    return Object.fromEntries(session.network.weights.map(({ name }) => [name, all[name] as Float32Array]))
  }

  const tell = (callback: Callback['kind'], message: string) => {
    const event = { epoch: Math.min(state.epoch + 1, options.epochs), callback, message }
    state = { ...state, events: [...state.events, event] }
    options.onEvent(event)
  }

  const act = async (callback: Callback['kind'], actions: readonly Action[]) => {
    for (const action of actions) {
      if (action.type === 'stop') state = { ...state, stopped: true }
      if (action.type === 'set_learning_rate') state = { ...state, learningRate: action.value }
      if (action.type === 'keep_weights') {
        kept[action.as] = await weights()
        state = { ...state, kept: { ...state.kept, [action.as]: state.epoch + 1 } }
      }
      if (action.type === 'restore_weights' && kept.to_restore) await session.write(kept.to_restore)
      if (action.type !== 'keep_weights') tell(callback, action.message)
    }
  }

  const step = async (batch: Batch) => {
    const begun = performance.now()
    const next = state.step + 1
    const { loss, correct } = await session.train({
      batch,
      sampleWeight: sampleWeights(batch, options.classWeights),
      learningRate: state.learningRate,
      step: next,
    })
    const { sums } = state
    const seconds = sums.seconds + (performance.now() - begun) / 1000
    state = {
      ...state,
      step: next,
      sums: {
        loss: sums.loss + loss * batch.size,
        correct: sums.correct + correct,
        images: sums.images + batch.size,
        seconds,
        steps: sums.steps + 1,
      },
    }
    recent.push(loss)
    if (recent.length > 6) recent.shift()
    if (!Number.isFinite(loss) && !endsOnNan) throw diverged(state, recent)
  }

  /** The steps of the epoch in progress that are still to do. False where the signal ended them. */
  const steps = async (): Promise<boolean> => {
    const isOver = () => endsOnNan && Number.isNaN(state.sums.loss)
    if (isOver()) return true
    for await (const batch of train.epoch(state.epoch, state.sums.steps)) {
      await step(batch)
      const { sums, epoch } = state
      const measured = { loss: sums.loss / sums.images, accuracy: sums.correct / sums.images, imagesPerSecond: sums.images / sums.seconds }
      options.onStep({ epoch: epoch + 1, step: sums.steps, steps: train.steps, ...measured })
      if (options.signal.aborted) return false
      if (performance.now() - saved > options.checkpointSeconds * 1000 && sums.steps < train.steps) await save()
      if (isOver()) break
    }
    return true
  }

  const validated = async (begun: number): Promise<{ epoch: Epoch; logs: Logs }> => {
    const { loss, accuracy, penalty } = await evaluate(session, validation, { epoch: state.epoch, signal: options.signal })
    const { sums, learningRate } = state
    const logs = { loss: sums.loss / sums.images, accuracy: sums.correct / sums.images, val_loss: loss + penalty, val_accuracy: accuracy }
    const epoch = {
      epoch: state.epoch + 1,
      loss: finite(logs.loss),
      accuracy: finite(logs.accuracy),
      val_loss: finite(logs.val_loss),
      val_accuracy: finite(logs.val_accuracy),
      learning_rate: learningRate,
      steps: sums.steps,
      seconds: sums.seconds + (performance.now() - begun) / 1000,
      images_per_second: sums.images / sums.seconds,
    }
    return { epoch, logs }
  }

  const epochEnd = async () => {
    const { epoch, logs } = await validated(performance.now())
    state = { ...state, history: [...state.history, epoch] }
    options.onEpoch(epoch)
    for (const [index, callback] of callbacks.entries()) {
      const end = { epoch: state.epoch, logs, learningRate: state.learningRate, semantics }
      const decided = callbackEpochEnd(callback, state.callbacks[index], end)
      state = { ...state, callbacks: state.callbacks.with(index, decided.state) }
      await act(callback.kind, decided.actions)
    }
    state = { ...state, epoch: state.epoch + 1, sums: NO_SUMS }
  }

  /** A validation that the signal ended counts for nothing: it is done anew when the training goes on. */
  const endedBySignal = (error: unknown): false => {
    if (options.signal.aborted && error === options.signal.reason) return false
    throw error
  }

  const trainEnd = async () => {
    for (const [index, callback] of callbacks.entries())
      await act(callback.kind, callbackTrainEnd(callback, state.callbacks[index], semantics))
  }

  return async (): Promise<FitResult> => {
    if (options.resume) await session.write(options.resume.tensors)
    while (state.epoch < options.epochs && !state.stopped) {
      const finished = !options.signal.aborted && (await steps()) && (await epochEnd().then(() => true, endedBySignal))
      if (!finished) {
        await save()
        return { interrupted: true, state, best: null }
      }
      await save()
    }
    await trainEnd()
    const best = kept.best ? { epoch: state.kept.best as number, weights: kept.best } : null
    return { interrupted: false, state, best }
  }
}

/**
 * Keras' `fit`: epochs of training steps, each followed by validation and then by the callbacks in their order. Losses are means over images.
 * Everything that happens is a function of the arguments, so a training that goes on from a checkpoint ends as one that was never stopped.
 * @throws UserError `diverged` when the loss is not finite and no `terminate_on_nan` is asked for.
 */
export const fit = (options: FitOptions): Promise<FitResult> => training(options)()
