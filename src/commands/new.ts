import { type Command, Option } from 'commander'

/** Recipes to start from: those of recipes/examples. */
const STARTS = ['quickstart', 'own-images', 'ablation', 'transfer', 'residual']

export const registerNew = (program: Command): void => {
  program
    .command('new')
    .description('Writes a commented recipe to start from.')
    .argument('<name>', 'where to write it, e.g. mine for mine.yaml')
    .addOption(new Option('--from <example>', 'the example to copy').choices(STARTS).default('quickstart'))
    .addHelpText('after', '\nExample:\n  npx ferment new mine --from own-images')
    .action(async (name: string, { from }: { from: string }) => {
      const { writeNewRecipe } = await import('../study/new_recipe.ts')
      const file = await writeNewRecipe(name, from)
      console.log(file)
      console.error(`Edit it, then: npx ferment run ${file} --report`)
    })
}
