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
  /** Why it was skipped or failed, with the command that helps. */
  reason?: string
  /** The exact command that makes this run again. */
  command: string
}
