import { constants } from 'node:os'
import type { Spec } from '../../schema/recipe.ts'
import type { EngineName } from '../engine/engine.ts'

/** What asks a child to stop. SIGHUP stands for its parent's end, too. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
export type StopSignal = (typeof STOP_SIGNALS)[number]

/** Exit status of a child that such a signal has stopped and that has kept its checkpoint: 128 and the signal's number, as shells have it. */
export const stoppedStatus = (signal: StopSignal): number => 128 + constants.signals[signal]

/** All that a child process needs to know to make one run. */
export type Job = {
  id: string
  store: string
  study: { title: string; recipe: string; profile: string | null }
  cell: Readonly<Record<string, string>>
  seed: number
  spec: Spec
  /** Hash of the code of the training rooms, for the record. */
  code: string
  engine: EngineName | null
  /** Command line of the parent, for the record. */
  command: readonly string[]
  /** Names the submission to a scheduler, so that a child of an earlier one knows that it is over. */
  attempt?: string
}

/** What a child reports to its parent while it works. */
export type RunMessage =
  | { type: 'phase'; phase: string }
  /** It goes on from a checkpoint: epoch from 1, and steps of it that are done. */
  | { type: 'resumed'; epoch: number; step: number }
  /** The engine is not the fastest one, or does not run the fastest way: which, why, what to do. */
  | { type: 'notice'; text: string }
  | {
      type: 'step'
      epoch: number
      epochs: number
      step: number
      steps: number
      loss: number
      accuracy: number
      imagesPerSecond: number
      secondsLeft: number
    }
  | {
      type: 'epoch'
      epoch: number
      epochs: number
      loss: number | null
      accuracy: number | null
      valLoss: number | null
      valAccuracy: number | null
      learningRate: number
      seconds: number
      imagesPerSecond: number
    }
  | { type: 'event'; epoch: number; callback: string; message: string }
  | { type: 'done'; testAccuracy: number; bestTestAccuracy: number | null; seconds: number }

/** How a run ended, as its parent sees it. `elsewhere`: another ferment made it in the meantime. */
export type RunEnd = { id: string } & (
  | { status: 'done'; elsewhere?: true }
  /** `forced`: it did not stop in time and was killed; `checkpoint`: when the one was written that it had by then, if any. */
  | { status: 'interrupted'; forced?: { checkpoint: Date | null } }
  | { status: 'failed'; message: string }
)
