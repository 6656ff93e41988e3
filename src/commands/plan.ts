import { type Command, Option } from 'commander'
import { engineOption, recipeOptions } from '../study/recipe_options.ts'
import type { PlanOptions } from '../study/show_plan.ts'

export const registerPlan = (program: Command): void => {
  recipeOptions(program.command('plan'))
    .description('Shows what a recipe would run: cells, steps, estimated time, what is done. Nothing is run.')
    .argument('<recipe>', 'recipe file')
    .addOption(new Option('--store <dir>', 'folder of the runs').default('runs'))
    .addOption(engineOption())
    .option('--measure', 'time some training steps of each network first, some seconds each; kept for later plans')
    .addOption(new Option('--shell', 'print a shell command for each run that is to be made, a line each').conflicts('format'))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment plan recipes/paper/as-reported.yaml --profile paper')
    .action(async (path: string, options: PlanOptions) => {
      const { showPlan } = await import('../study/show_plan.ts')
      await showPlan(path, options)
    })
}
