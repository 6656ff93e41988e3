import type { PlannedRun } from '../plan/planned_run.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { DEFAULT_STORE, type StudyOptions } from './study_options.ts'

/** A word as a shell reads it. */
export const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** The command that makes one run again: what was asked for beside the profile is asked for again. */
export const commandOf = (
  { path, profile }: Pick<Recipe, 'path' | 'profile'>,
  { cell, seed }: Pick<PlannedRun, 'cell' | 'seed'>,
  { set, sweep, store }: Pick<StudyOptions, 'set' | 'sweep' | 'store'>,
): string => {
  const options = [
    ['--profile', profile?.name ?? 'none'],
    ...set.map((assignment) => ['--set', assignment]),
    ...sweep.map((axis) => ['--sweep', axis]),
    ...Object.entries(cell).map(([axis, value]) => ['--only', `${axis}=${value}`]),
    ['--seed', String(seed)],
    ...(store === DEFAULT_STORE ? [] : [['--store', store]]),
  ]
  return ['npx', 'ferment', 'run', path, ...options.flat()].map(quoted).join(' ')
}
