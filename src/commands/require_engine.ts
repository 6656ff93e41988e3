import { insistedEngine, requireEngine } from '../engine/insist.ts'
import { UserError } from '../problem.ts'
import type { Recipe } from '../recipe/recipe.ts'

/**
 * Sees to it, before anything is run, that the engine can be had that the command line, FERMENT_ENGINE or the recipe insists on.
 * @throws UserError `engine_unavailable`, at its place where it is the recipe that insists
 */
export const requireEngineOf = (recipe: Pick<Recipe, 'engine' | 'placeOf'>): void => {
  const name = insistedEngine(recipe.engine)
  if (name === undefined) return
  try {
    requireEngine(name)
  } catch (error) {
    if (!(error instanceof UserError) || process.env.FERMENT_ENGINE) throw error
    const place = recipe.placeOf(null, ['engine'])
    throw new UserError(
      error.problems.map((problem) => ({ ...problem, place })),
      error.exitStatus,
    )
  }
}
