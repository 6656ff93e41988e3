import type { Command } from 'commander'
import { type RecipeOptions, recipeOptions } from './recipe_options.ts'

export const registerShow = (program: Command): void => {
  recipeOptions(program.command('show'))
    .description('Prints a recipe as it is once composed and expanded: every cell, every default written in.')
    .argument('<recipe>', 'recipe file')
    .option('--origins', 'say behind each value where it was written')
    .addHelpText('after', '\nExample:\n  npx ferment show recipes/paper/as-coded.yaml --origins')
    .action(async (path: string, options: RecipeOptions & { origins?: true }) => {
      const { loadOptions } = await import('./recipe_options.ts')
      const { loadRecipe } = await import('../recipe/load_recipe.ts')
      const { UserError } = await import('../problem.ts')
      const loaded = await loadRecipe(path, await loadOptions(options))
      if (!loaded.ok) throw new UserError(loaded.problems)
      const { resolvedYaml } = await import('../recipe/resolved_yaml.ts')
      process.stdout.write(resolvedYaml(loaded.recipe, { origins: options.origins === true }))
    })
}
