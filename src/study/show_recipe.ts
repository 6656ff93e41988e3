import { UserError } from '../problem.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import { resolvedYaml } from '../recipe/resolved_yaml.ts'
import { loadOptions, type RecipeOptions } from './recipe_options.ts'

export type ShowOptions = RecipeOptions & { origins?: true }

/** Prints a recipe as it is once composed and expanded. @throws UserError with all that is wrong */
export const showRecipe = async (path: string, options: ShowOptions): Promise<void> => {
  const loaded = await loadRecipe(path, await loadOptions(options))
  if (!loaded.ok) throw new UserError(loaded.problems)
  process.stdout.write(resolvedYaml(loaded.recipe, { origins: options.origins === true }))
}
