import { type Command, Option } from 'commander'
import { loadOptions, type RecipeOptions, recipeOptions } from '../study/recipe_options.ts'

type Options = RecipeOptions & { format: 'text' | 'json'; html?: string; augment?: string; near?: true }

export const registerInspect = (program: Command): void => {
  recipeOptions(
    program
      .command('inspect')
      .description(
        'Shows what is in the data of a recipe: classes by part, the same image twice, in two parts or under two labels, and more.',
      )
      .argument('<recipe>', 'recipe file'),
  )
    .option('--html <file>', 'write it as a page, with pictures')
    .option('--augment <file>', 'write a contact sheet (PNG): images, and beside each what the augmentation makes of it')
    .option('--near', 'look for images that look the same, too')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment inspect recipes/paper/as-reported.yaml --html reports/inspect.html')
    .action(async (path: string, options: Options) => {
      const { inspectRecipe } = await import('../study/inspect_recipe.ts')
      const { printable } = await import('../printable.ts')
      console.log(printable(await inspectRecipe(path, { ...options, near: options.near ?? false }, await loadOptions(options))))
    })
}
