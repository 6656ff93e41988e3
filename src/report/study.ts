import type { About, Chart, Table } from '../../schema/recipe.ts'

/** What a report is about: the recipe's words and the runs it asks for, done or not. */
export type Study = {
  about: About
  /** Path of the recipe as the user named it. */
  recipe: string
  profile: { name: string; description?: string } | null
  axes: readonly { name: string; values: readonly string[] }[]
  tables: readonly Table[]
  charts: readonly Chart[]
  runs: readonly StudyRun[]
}

export type StudyRun = {
  id: string
  cell: Readonly<Record<string, string>>
  seed: number
  state: 'done' | 'failed' | 'to_do' | 'skipped'
  /** Whether its record is a published one, made elsewhere. */
  published?: boolean
  /** Why it was skipped or failed, with the command that helps. */
  reason?: string
  /**
   * Where the run's spec differs from the same cell of the recipe as written, by a profile or `--set`: dotted paths such as
   * `training.epochs`. Seeds do not count, nor where the data lies. A run with changes is not held against the paper.
   */
  changed?: readonly string[]
  /** The exact command that makes this run again. */
  command: string
}
