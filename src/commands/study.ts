import type { Source } from '../../schema/recipe.ts'
import { describeSource } from '../data/load_dataset.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { userError } from '../problem.ts'
import { problemText } from '../problem_text.ts'
import { didYouMean } from '../recipe/nearest.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { planTable, profileTotals } from './plan_table.ts'
import { makePlan, planContext } from './planning.ts'
import { loadOptions } from './recipe_options.ts'
import type { StudyOptions } from './study_options.ts'

/** A recipe that is right, its runs on this machine, and its data sets. */
export type Study = {
  recipe: Recipe
  code: string
  runs: readonly PlannedRun[]
  /** The plan as a table for people, with the time that every profile would take. */
  plan: string
}

type Say = (text: string) => void

/** Whether a run is meant by `--only` and `--seed`. @throws UserError where these name nothing of the recipe */
export const chosenBy = ({ axes, seeds }: Pick<Recipe, 'axes' | 'seeds'>, { only, seed }: Pick<StudyOptions, 'only' | 'seed'>) => {
  const wanted = only.map((text) => {
    const [axis = '', ...rest] = text.split('=')
    const value = rest.join('=')
    const known = axes.find(({ name }) => name === axis)
    if (known?.values.includes(value)) return { axis, value }
    const names = known ? known.values : axes.map(({ name }) => name)
    const message = known ? `The axis "${axis}" has no value "${value}".` : `The recipe has no axis "${axis}".`
    const hint = `${didYouMean(known ? value : axis, names)}It has: ${names.join(', ')}.`
    throw userError({ code: 'unknown_cell', message: `--only ${text}: ${message}`, hint }, 2)
  })
  for (const one of seed) {
    if (seeds.includes(one)) continue
    throw userError(
      { code: 'unknown_seed', message: `--seed ${one}: the recipe has no such seed.`, hint: `It has: ${seeds.join(', ')}.` },
      2,
    )
  }
  return ({ cell, seed: own }: Pick<PlannedRun, 'cell' | 'seed'>): boolean =>
    wanted.every(({ axis, value }) => cell[axis] === value) && (seed.length === 0 || seed.includes(own))
}

/** What is used for data, said loudly where it is drawn. */
const dataLine = async (source: Source): Promise<string> => {
  const description = await describeSource(source)
  if (!description) throw new Error('a data set that was planned with is described')
  const { name, synthetic, path, images } = description
  return synthetic
    ? `\n  *** SYNTHETIC DATA: ${images.toLocaleString('en')} drawn faces. Nothing measured on them compares with the paper. ***\n`
    : `Data: ${name}, ${images.toLocaleString('en')} images from ${path}.`
}

/**
 * Opens a recipe as the options have it: checked, expanded, its data known (read where they never were), its runs planned.
 * @throws UserError with all problems of the recipe, its data or the options
 */
export const openStudy = async (path: string, options: StudyOptions, say: Say): Promise<Study> => {
  const context = await planContext(options.store, () => say('Reading the data; from now on they come from the cache.'))
  const { recipe, runs } = await makePlan(path, await loadOptions(options), context)
  if (recipe.warnings.length > 0) say(problemText(recipe.warnings, { color: process.stderr.isTTY && !process.env.NO_COLOR }))
  const others = []
  for (const name of recipe.profiles.filter((one) => one !== recipe.profile?.name)) {
    others.push({ name, runs: (await makePlan(path, { set: options.set, profile: name }, context)).runs })
  }
  const chosen = { name: recipe.profile?.name ?? null, runs: runs.filter(chosenBy(recipe, options)) }
  const table = planTable({ chosen, totals: profileTotals([chosen, ...others]), engine: context.engine })
  const sources = new Map(chosen.runs.map(({ spec }) => [JSON.stringify(spec.dataset), spec.dataset]))
  const data = await Promise.all([...sources.values()].map(dataLine))
  const profile = recipe.profile ? `\nProfile ${recipe.profile.name}: ${recipe.profile.description ?? ''}` : ''
  const plan = [`${recipe.about.title} (${recipe.path})${profile}`, ...data, '', table].join('\n')
  return { recipe, code: context.code, runs: chosen.runs, plan }
}
