import type { Callback, Schedule, Semantics } from '../../schema/recipe.ts'
import type { BatchSource } from '../data/dataset.ts'
import type { CallbackEvent, Epoch, FitCheckpoint } from './fit_state.ts'
import type { Session } from './session.ts'

type StepProgress = { epoch: number; step: number; steps: number; loss: number; accuracy: number; imagesPerSecond: number }

export type FitOptions = {
  session: Session
  train: BatchSource
  validation: BatchSource
  semantics: Semantics
  epochs: number
  learningRate: number
  /** How the learning rate changes; none: only callbacks change it. */
  schedule: readonly Schedule[]
  callbacks: readonly Callback[]
  /** Weight of each class in the training loss; null: all one. */
  classWeights: readonly number[] | null
  /** Goes on from here instead of starting anew. */
  resume: FitCheckpoint | null
  /**
   * Called on an abort, in long epochs every `checkpointSeconds`, and at the end of an epoch unless that were to take a noticeable share of
   * the time. What it is given is not changed afterwards, so that it may be written while the training goes on.
   */
  saveCheckpoint: (checkpoint: FitCheckpoint) => Promise<void>
  checkpointSeconds: number
  signal: AbortSignal
  onStep: (progress: StepProgress) => void
  onEpoch: (epoch: Epoch) => void
  onEvent: (event: CallbackEvent) => void
}
