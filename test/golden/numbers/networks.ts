import type { Spec } from '../../../schema/recipe.ts'
import { loadRecipe } from '../../../src/recipe/load_recipe.ts'
import { openingOf } from '../../../src/run/opening.ts'

export const LOSSES = 'test/golden/numbers/losses.json'
/** Four epochs of five steps. */
const STEPS = 20

/** The networks of networks.yaml, by name. */
export const networks = async (): Promise<Readonly<Record<string, Spec>>> => {
  const loaded = await loadRecipe('test/golden/numbers/networks.yaml')
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return Object.fromEntries(loaded.recipe.cells.map(({ cell, spec }) => [cell.network as string, spec]))
}

/** Losses of the first steps of a network, on the best engine of this machine. */
export const lossesOf = async (spec: Spec): Promise<readonly (number | null)[]> => {
  const study = { title: '', recipe: '', profile: null }
  const job = { id: '', store: '', study, cell: {}, seed: 0, spec, code: '', engine: null, command: [] }
  return (await openingOf(job, STEPS, { send: () => {}, signal: new AbortController().signal })).losses
}
