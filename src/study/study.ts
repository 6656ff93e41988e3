import type { DatasetDescription } from '../data/dataset_payload.ts'
import { askedEngine, type ChosenEngine } from '../engine/choose/choose_engine.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { printableLine } from '../printable.ts'
import { problemText } from '../problem_text.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { commitOf } from '../run/commit.ts'
import { planTable, profileTotals } from '../terminal/plan_table.ts'
import { chosenBy } from './chosen_by.ts'
import { makePlans, planContext } from './planning.ts'
import { loadOptions } from './recipe_options.ts'
import { recordsContext } from './records_context.ts'
import type { StudyOptions } from './study_options.ts'

/** A recipe that is right, its runs on this machine, and its data sets. */
export type Study = {
  recipe: Recipe
  runs: readonly PlannedRun[]
  /** What trains them. */
  engine: ChosenEngine
  /** Whether any of its images are drawn. */
  synthetic: boolean
  /** The plan as a table for people, with the time that every profile would take. */
  plan: string
}

type Say = (text: string) => void

/**
 * Opens a recipe as the options have it, on this machine or by the records of a folder: checked, expanded, its data known (read where they never were), its runs planned.
 * @throws UserError with all problems of the recipe, its data or the options
 */
export const openStudy = async (path: string, options: StudyOptions & { from?: string }, say: Say): Promise<Study> => {
  const context = await (options.from === undefined
    ? planContext({ store: options.store, asked: askedEngine(options.engine) }, () =>
        say('Reading the data; from now on they come from the cache.'),
      )
    : recordsContext(options.from))
  const { recipe, engine, runs, others } = await makePlans(path, await loadOptions(options), context)
  if (recipe.warnings.length > 0) say(problemText(recipe.warnings, { color: process.stderr.isTTY && !process.env.NO_COLOR }))
  const chosen = { name: recipe.profile?.name ?? null, runs: chosenBy(runs, recipe, options) }
  const table = planTable({ chosen, totals: profileTotals([chosen, ...others]), engine, commit: await commitOf() })
  // The data of a run that is skipped may be what is missing.
  const used = chosen.runs.filter(({ state }) => state !== 'skipped')
  const sources = new Map(used.map(({ spec }) => [JSON.stringify(spec.dataset), spec.dataset]))
  const data = await Promise.all([...sources.values()].map(context.data))
  const { about, profile } = recipe
  const head = [`${about.title} (${recipe.path})`, ...(profile ? [`Profile ${profile.name}: ${profile.description ?? ''}`] : [])]
  const plan = [...head.map(printableLine), ...data.map(dataLine), '', table].join('\n')
  return { recipe, runs: chosen.runs, engine, synthetic: data.some(({ synthetic }) => synthetic), plan }
}

/** What is used for data, said loudly where it is drawn. */
const dataLine = ({ name, synthetic, path, images }: DatasetDescription): string =>
  synthetic
    ? `\n  *** SYNTHETIC DATA: ${images.toLocaleString('en')} drawn faces. Nothing measured on them compares with the paper. ***\n`
    : printableLine(`Data: ${name}, ${images.toLocaleString('en')} images from ${path}.`)
