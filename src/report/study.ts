import type { About, Chart, Table } from '../../schema/recipe.ts'

/** What a report is about: the recipe's words and the runs it asks for, done or not. */
export type ReportedStudy = {
  about: About
  /** Path of the recipe as the user named it. */
  recipe: string
  profile: { name: string; description?: string } | null
  axes: readonly { name: string; values: readonly string[] }[]
  tables: readonly Table[]
  charts: readonly Chart[]
  runs: readonly StudyRun[]
}

/** What a machine found when it trained the first steps of a run again. */
export type Verification = {
  steps: number
  /** Largest difference of a loss, as a share of the record's; null: one of them was not finite. */
  largest: number | null
  reproduced: boolean
  /** The first step that differs beyond rounding. */
  apart: { step: number; recorded: number | null; here: number | null; difference: number | null } | null
  engine: { name: string; mode: string; device: string }
}

export type StudyRun = {
  id: string
  cell: Readonly<Record<string, string>>
  seed: number
  state: 'done' | 'failed' | 'to_do' | 'skipped'
  /** Whether its record is a published one, made elsewhere. */
  published?: boolean
  /** What was found here when its first steps were trained again. */
  verified?: Verification
  /** Why it was skipped or failed, with the command that helps. */
  reason?: string
  /**
   * Where the run's spec differs from the same cell of the recipe as written, by a profile or `--set`: dotted paths such as
   * `training.epochs`. Seeds do not count, nor where the data lies. A run with changes is not held against the paper.
   */
  changed?: readonly string[]
  /** Seconds that it is estimated to take, where it is not done. */
  seconds?: number
  /** The exact command that makes this run again. */
  command: string
}
