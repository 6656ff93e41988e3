import type { RunRecord } from '../../schema/record.ts'
import type { Kept } from './callbacks/callback.ts'
import type { Checkpoint } from './checkpoint.ts'

export type Epoch = NonNullable<RunRecord['history']>[number]
export type CallbackEvent = NonNullable<RunRecord['events']>[number]
/** Sums over the training steps of the epoch in progress. */
export type Sums = { loss: number; correct: number; images: number; seconds: number; steps: number }

/** All of a training but the tensors: plain JSON, so that a checkpoint can hold it. */
export type FitState = {
  /** 0-based epoch in progress. */
  epoch: number
  /** Steps done over all epochs. */
  step: number
  /** Of the last step, or as a callback has set it. */
  learningRate: number
  sums: Sums
  /** Losses of the first `OPENING_STEPS` steps; null: not a finite number. */
  opening: (number | null)[]
  history: Epoch[]
  events: CallbackEvent[]
  callbacks: unknown[]
  stopped: boolean
  /** 1-based epoch of the weights kept aside. */
  kept: Partial<Record<Kept, number>>
  /** How often the training went on from a checkpoint. */
  resumed: number
}

export type Tensors = Record<string, Float32Array>

export type KeptTensors = Partial<Record<Kept, Tensors>>

/** A training at rest: what `fit` can go on from. */
export type FitCheckpoint = { state: FitState; tensors: Tensors; kept: KeptTensors }

/** As one file's content: the state as JSON, tensors named by what they are for. */
export const packed = ({ state, tensors, kept }: FitCheckpoint): Checkpoint => ({
  meta: JSON.stringify(state),
  tensors: Object.fromEntries([withPrefix('state', tensors), ...Object.entries(kept).map(([name, part]) => withPrefix(name, part))].flat()),
})

const withPrefix = (prefix: string, tensors: Tensors): [string, Float32Array][] =>
  Object.entries(tensors).map(([name, values]) => [`${prefix}:${name}`, values])

export const unpacked = ({ meta, tensors }: Checkpoint): FitCheckpoint => {
  const state = JSON.parse(meta) as FitState
  const part = (prefix: string): Tensors =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([name, values]) => (name.startsWith(`${prefix}:`) ? [[name.slice(prefix.length + 1), values]] : [])),
    )
  const kept = Object.fromEntries(Object.keys(state.kept).map((name) => [name, part(name)]))
  return { state, tensors: part('state'), kept }
}
