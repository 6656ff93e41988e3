import { type Command, Option } from 'commander'
import type { Recipe } from '../recipe/recipe.ts'
import { loadOptions, profileOption, type RecipeOptions, setOption } from './recipe_options.ts'

type Options = RecipeOptions & { format: 'text' | 'json'; store: string }

export const registerPlan = (program: Command): void => {
  program
    .command('plan')
    .description('Shows what a recipe would run: cells, steps, estimated time, what is done. Nothing is run.')
    .argument('<recipe>', 'recipe file')
    .addOption(profileOption())
    .addOption(setOption())
    .addOption(new Option('--store <dir>', 'folder of the runs').default('runs'))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment plan recipes/paper/as-reported.yaml --profile paper')
    .action(async (path: string, options: Options) => {
      const { makePlans, planContext } = await import('./planning.ts')
      const { planTable, profileTotals } = await import('./plan_table.ts')
      const context = await planContext(options.store, ({ kind }) => console.error(`Reading the data once: ${kind} …`))
      const { recipe, runs, others } = await makePlans(path, await loadOptions(options), context)
      await warn(recipe)
      const chosen = { name: recipe.profile?.name ?? null, runs }
      const totals = profileTotals([chosen, ...others])
      if (options.format === 'json')
        console.log(JSON.stringify({ recipe: path, profile: recipe.profile, engine: context.engine, runs, totals }, null, 2))
      else console.log(planTable({ chosen, totals, engine: context.engine }))
    })
}

const warn = async ({ warnings }: Recipe): Promise<void> => {
  if (warnings.length === 0) return
  const { problemText } = await import('../problem_text.ts')
  console.error(problemText(warnings, { color: process.stderr.isTTY && !process.env.NO_COLOR }))
}
