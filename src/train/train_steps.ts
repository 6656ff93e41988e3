import type { Batch } from '../data/dataset.ts'
import { userError } from '../problem.ts'
import { endOnNan } from './callbacks/table.ts'
import { meansOf, withStep } from './epoch_sums.ts'
import { eventLoopTurns } from './event_loop.ts'
import type { FitOptions } from './fit_options.ts'
import type { FitState } from './fit_state.ts'
import { scheduledShare } from './schedules/table.ts'

type StepOptions = Pick<
  FitOptions,
  'session' | 'train' | 'learningRate' | 'schedule' | 'epochs' | 'callbacks' | 'classWeights' | 'signal' | 'onStep'
> & {
  /** Called after a step that is not the last of its epoch: a chance to keep a checkpoint. */
  afterStep: (state: FitState) => Promise<void>
}

/** So many losses are reported of a training that diverges. */
const RECENT = 6
/** So many losses are kept of the beginning: two machines that compute alike have them in common. */
const OPENING_STEPS = 50

/**
 * The steps that are still to do of the epoch in progress.
 * @returns the state after them; `finished` false where the signal ended them
 * @throws UserError `diverged` when the loss is not finite and no callback ends such a training
 */
export const trainSteps = async (start: FitState, options: StepOptions): Promise<{ state: FitState; finished: boolean }> => {
  const { train, signal } = options
  const endsOnNan = endOnNan(options.callbacks)
  const isOver = ({ sums }: FitState) => endsOnNan && Number.isNaN(sums.loss)
  let state = start
  if (isOver(state)) return { state, finished: true }
  const turn = eventLoopTurns()
  let recent: number[] = []
  for await (const batch of train.epoch(state.epoch, state.sums.steps)) {
    const done = await trainOn(batch, state, options)
    state = done.state
    recent = [...recent.slice(1 - RECENT), done.loss]
    if (!Number.isFinite(done.loss) && !endsOnNan) throw diverged(state, recent)
    const { sums, epoch } = state
    options.onStep({ epoch: epoch + 1, step: sums.steps, steps: train.steps, ...meansOf(sums) })
    await turn()
    if (signal.aborted) return { state, finished: false }
    if (sums.steps < train.steps) await options.afterStep(state)
    if (isOver(state)) break
  }
  return { state, finished: true }
}

/** One training step: the state after it, and the batch's mean loss. */
const trainOn = async (batch: Batch, state: FitState, options: StepOptions) => {
  const { session, classWeights } = options
  const begun = performance.now()
  const step = state.step + 1
  const sampleWeight = sampleWeights(batch, classWeights)
  const learningRate = rateOf(state, options)
  const { loss, correct } = await session.train({ batch, sampleWeight, learningRate, step })
  const seconds = (performance.now() - begun) / 1000
  const opening = step > OPENING_STEPS ? state.opening : [...state.opening, Number.isFinite(loss) ? loss : null]
  const sums = withStep(state.sums, { loss, correct, images: batch.size, seconds })
  return { loss, state: { ...state, step, learningRate, opening, sums } }
}

const sampleWeights = ({ labels, size }: Batch, classWeights: readonly number[] | null): Float32Array =>
  classWeights === null ? new Float32Array(size).fill(1) : Float32Array.from(labels, (label) => classWeights[label] as number)

/** The learning rate of the next step. */
const rateOf = ({ epoch, sums, learningRate }: FitState, { schedule, epochs, train, ...options }: StepOptions): number =>
  schedule.length === 0
    ? learningRate
    : options.learningRate * scheduledShare(schedule, { epoch, step: sums.steps, steps: train.steps, epochs })

/** A loss that is not a number stays so: the run cannot recover, and says where it went wrong. */
const diverged = ({ epoch, step }: FitState, recent: readonly number[]) => {
  const before = recent.slice(0, -1).map((loss) => loss.toPrecision(4))
  return userError(
    {
      code: 'diverged',
      message: `The loss became ${recent.at(-1)} in epoch ${epoch + 1}, step ${step}. Losses before: ${before.join(', ') || 'none in this epoch'}.`,
      hint: 'Lower training.optimizer.learning_rate; or add { kind: terminate_on_nan } to end such a run without failing.',
    },
    3,
  )
}
