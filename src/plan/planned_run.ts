import type { Spec } from '../../schema/recipe.ts'

/** What a plan knows of a run that was made before. */
export type KnownRecord = { state: 'done' | 'published' | 'failed'; commit: string | null }

/**
 * A record that is there and says nothing. `damaged`: it cannot be true, and the run is made again; `foreign`: another version of ferment wrote
 * it, so that it is left alone until its user has decided.
 */
export type UnusedRecord = { state: 'damaged' | 'foreign'; file: string; why: string }

/** A run of a plan: what the run room needs to start it, and what a table of the plan shows. */
export type PlannedRun = {
  /** 16 hexadecimal digits: hash of the spec without its defaults, the seed, the data and the version of the numbers (`runId`). */
  id: string
  cell: Readonly<Record<string, string>>
  seed: number
  spec: Spec
  parameters: number
  /** Training steps if no callback ends the run early. */
  steps: number
  /**
   * Wall time, and where the estimate comes from: an earlier record of the same network and batch size, steps of it that were timed, the
   * formula held against measured speeds of other networks, or the formula alone.
   */
  estimate: { seconds: number; from: 'records' | 'steps' | 'measured' | 'formula' }
  /** Bytes: what is left of the run, and the most while it goes on. */
  disk: { kept: number; peak: number }
  /** `published`: not made here, but its record is part of the published ones and counts as done. */
  state: 'done' | 'published' | 'failed' | 'to_do' | 'skipped'
  /** Of ferment's code that made its record; null where that is not known. */
  commit?: string | null
  /** Of a run that is done: what is missing here to train it again, and what helps. */
  lacks?: string
  /** Why it is skipped, and the one command that helps. */
  reason?: string
  /** Where it will go on: epoch from 1, and steps of it that are done; not there where it begins. */
  goesOnFrom?: { epoch: number; step: number }
  /** The record that is there cannot be true, so that the run is made again. */
  damaged?: { file: string; why: string }
}
