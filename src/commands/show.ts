import type { Command } from 'commander'
import { recipeOptions } from '../study/recipe_options.ts'
import type { ShowOptions } from '../study/show_recipe.ts'

export const registerShow = (program: Command): void => {
  recipeOptions(program.command('show'))
    .description('Prints a recipe as it is once composed and expanded: every cell, every default written in.')
    .argument('<recipe>', 'recipe file')
    .option('--origins', 'say behind each value where it was written')
    .addHelpText('after', '\nExample:\n  npx ferment show recipes/paper/as-coded.yaml --origins')
    .action(async (path: string, options: ShowOptions) => {
      const { showRecipe } = await import('../study/show_recipe.ts')
      await showRecipe(path, options)
    })
}
