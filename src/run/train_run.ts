import { existsSync } from 'node:fs'
import { UserError } from '../problem.ts'
import { readCheckpoint } from '../train/checkpoint.ts'
import { type FitResult, fit } from '../train/fit.ts'
import { type FitCheckpoint, packed, unpacked } from '../train/fit_state.ts'
import type { Session } from '../train/session.ts'
import { backgroundWrites } from './background_writes.ts'
import { chargedBatches, chargedSession } from './charged.ts'
import type { Clock } from './clock.ts'
import type { Job, RunMessage } from './job.ts'
import type { Data, Handle } from './prepare_run.ts'
import { runFiles } from './store.ts'
import { trainingOf } from './training_of.ts'

/** So that a bar moves smoothly and no time goes into messages. */
const STEP_MESSAGE_MS = 200
const CHECKPOINT_SECONDS = 120

type TrainParts = { session: Session; data: Data; handle: Handle; clock: Clock }

/** `written`: waits until no checkpoint is being written any more. After an interruption none is. */
type Trained = FitResult & { written: () => Promise<void> }

type Send = (message: RunMessage) => void

/** Trains a run, going on from its checkpoint where there is one. What each part of it takes is charged to the clock. */
export const trainRun = async (job: Job, { session, data, handle, clock }: TrainParts): Promise<Trained> => {
  const { checkpoint } = runFiles(job.store, job.id)
  const { training } = job.spec
  const writes = backgroundWrites(checkpoint)
  const send = (message: RunMessage) => clock.chargeNow('messages', () => handle.send(message))
  const resume = await clock.charge('checkpoints', () => resumeFrom(checkpoint, send))
  let sentAt = 0
  /** Images that are still to be trained on, or evaluated, which takes a third of the time. */
  const imagesLeft = ({ epoch, step, steps }: { epoch: number; step: number; steps: number }) => {
    const epochs = training.epochs - epoch
    return epochs * data.train.images + (steps - step) * training.batch_size + ((epochs + 1) * data.validation.images) / 3
  }
  const result = await fit({
    ...trainingOf(job, data),
    session: chargedSession(session, clock),
    train: chargedBatches(data.train, clock),
    validation: chargedBatches(data.validation, clock),
    resume,
    saveCheckpoint: (state) => clock.charge('checkpoints', () => writes.begin(packed(state)).catch(goesOnWithout(send))),
    checkpointSeconds: CHECKPOINT_SECONDS,
    signal: handle.signal,
    onStep: (progress) => {
      if (performance.now() - sentAt < STEP_MESSAGE_MS && progress.step < progress.steps) return
      sentAt = performance.now()
      send({ type: 'step', ...progress, epochs: training.epochs, secondsLeft: imagesLeft(progress) / progress.imagesPerSecond })
    },
    onEpoch: (epoch) =>
      send({
        type: 'epoch',
        epoch: epoch.epoch,
        epochs: training.epochs,
        loss: epoch.loss,
        accuracy: epoch.accuracy,
        valLoss: epoch.val_loss,
        valAccuracy: epoch.val_accuracy,
        learningRate: epoch.learning_rate,
        seconds: epoch.seconds,
        imagesPerSecond: epoch.images_per_second,
      }),
    onEvent: (event) => send({ type: 'event', ...event }),
  })
  if (result.interrupted) await clock.charge('checkpoints', writes.finish)
  return { ...result, written: writes.finish }
}

/** What a training goes on from, which is reported; a checkpoint that is damaged is none. */
const resumeFrom = async (file: string, send: Send): Promise<FitCheckpoint | null> => {
  const kept = await readCheckpoint(file)
  if (kept === null) {
    if (existsSync(file)) send({ type: 'notice', text: `${file} is damaged: the run begins again.` })
    return null
  }
  const resume = unpacked(kept)
  send({ type: 'resumed', epoch: resume.state.epoch + 1, step: resume.state.sums.steps })
  return resume
}

/** A disk that is full now may have room later: a training that goes on needs no checkpoint. */
const goesOnWithout =
  (send: Send) =>
  (error: unknown): void => {
    if (!(error instanceof UserError)) throw error
    send({ type: 'notice', text: `${error.message} The training goes on; were it killed now, it would go back to the checkpoint before.` })
  }
