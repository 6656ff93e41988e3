import { EXIT } from '../exit_status.ts'
import { didYouMean, nearest } from '../nearest.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { type UserError, userError } from '../problem.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { quoted } from './command_of.ts'
import type { StudyOptions } from './study_options.ts'

type Axes = Pick<Recipe, 'axes' | 'seeds'>
type Chosen = Pick<StudyOptions, 'only' | 'seed'>

/**
 * The runs that `--only` and `--seed` mean: values of one axis are alternatives, different axes must all fit.
 * @throws UserError where they name nothing of the recipe, or leave no run
 */
export const chosenBy = <Run extends Pick<PlannedRun, 'cell' | 'seed'>>(
  runs: readonly Run[],
  { axes, seeds }: Axes,
  { only, seed }: Chosen,
): Run[] => {
  const wanted = only.map((text) => parsed(text, axes))
  for (const one of seed) checkSeed(one, seeds)
  const isMeant = ({ cell, seed: own }: Run) =>
    (seed.length === 0 || seed.includes(own)) &&
    wanted.every(({ axis }) => wanted.some((alternative) => alternative.axis === axis && cell[axis] === alternative.value))
  const chosen = runs.filter(isMeant)
  if (chosen.length > 0 || runs.length === 0) return chosen
  const message = `No cell of the recipe is ${only.join(' and ')}.`
  throw userError(
    { code: 'unknown_cell', message, hint: 'Such cells are excluded; `npx ferment plan` shows those that there are.' },
    EXIT.wrongUsage,
  )
}

/** `axis=value`; both may have "=" in them. */
const parsed = (text: string, axes: Recipe['axes']): { axis: string; value: string } => {
  const known = axes.find(({ name }) => text.startsWith(`${name}=`))
  const axis = known?.name ?? text.split('=', 1)[0] ?? ''
  const value = text.slice(axis.length + 1)
  if (known?.values.includes(value)) return { axis, value }
  if (!text.includes('=') || axes.some(({ name }) => name === text)) throw withoutValue(text, axes)
  const names = known ? known.values : axes.map(({ name }) => name)
  const message = known ? `The axis "${axis}" has no value "${value}".` : `The recipe has no axis "${axis}".`
  const hint = names.length === 0 ? 'It has none.' : `${didYouMean(known ? value : axis, names)}It has: ${names.join(', ')}.`
  throw userError({ code: 'unknown_cell', message: `--only ${text}: ${message}`, hint }, EXIT.wrongUsage)
}

/** `--only aug`, `--only yes`: an axis without a value, or a value without its axis. */
const withoutValue = (text: string, axes: Recipe['axes']): UserError => {
  const axis =
    axes.find(({ name }) => name === text) ??
    axes.find(
      ({ name }) =>
        name ===
        nearest(
          text,
          axes.map((one) => one.name),
        ),
    )
  const owners = axis ? [axis] : axes.filter(({ values }) => values.includes(text))
  const said = owners.flatMap(({ name, values }) =>
    values.filter((value) => axis || value === text).map((value) => `--only ${quoted(`${name}=${value}`)}`),
  )
  const known = axes.map(({ name }) => name)
  const hint = said.length > 0 ? `Write ${said.join(', or ')}.` : `The axes are: ${known.join(', ')}.`
  const message = `--only ${text}: it has the form axis=value.`
  return userError({ code: 'unknown_cell', message, hint: known.length === 0 ? 'The recipe has no axes.' : hint }, EXIT.wrongUsage)
}

const checkSeed = (seed: number, seeds: readonly number[]): void => {
  if (seeds.includes(seed)) return
  const message = `--seed ${seed}: the recipe has no such seed.`
  throw userError({ code: 'unknown_seed', message, hint: `It has: ${seeds.join(', ')}.` }, EXIT.wrongUsage)
}
