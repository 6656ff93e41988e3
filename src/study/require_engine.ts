import { requiredEngine } from '../engine/choose/choose_engine.ts'
import { requireEngine } from '../engine/choose/require_engine.ts'
import { UserError } from '../problem.ts'
import type { Recipe } from '../recipe/recipe.ts'

/**
 * Sees to it, before anything is run, that the engine can be had that the user or the recipe requires.
 * @param asked  what the user asks for
 * @throws UserError `engine_unavailable`, at its place where it is the recipe that requires it
 */
export const requireEngineOf = (recipe: Pick<Recipe, 'engine' | 'placeOf'>, asked: string | undefined): void => {
  const name = requiredEngine(asked, recipe.engine)
  if (name === undefined) return
  try {
    requireEngine(name)
  } catch (error) {
    if (!(error instanceof UserError) || asked !== undefined) throw error
    const place = recipe.placeOf(null, ['engine'])
    throw new UserError(
      error.problems.map((problem) => ({ ...problem, place })),
      error.exitStatus,
    )
  }
}
