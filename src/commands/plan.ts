import { type Command, Option } from 'commander'
import { printableJson } from '../printable.ts'
import type { LoadOptions, Recipe } from '../recipe/recipe.ts'
import type { Plans, StoreContext } from './planning.ts'
import { loadOptions, type RecipeOptions, recipeOptions } from './recipe_options.ts'

type Options = RecipeOptions & { format: 'text' | 'json'; store: string; measure?: true; shell?: true }

export const registerPlan = (program: Command): void => {
  recipeOptions(program.command('plan'))
    .description('Shows what a recipe would run: cells, steps, estimated time, what is done. Nothing is run.')
    .argument('<recipe>', 'recipe file')
    .addOption(new Option('--store <dir>', 'folder of the runs').default('runs'))
    .option('--measure', 'time some training steps of each network first, some seconds each; kept for later plans')
    .addOption(new Option('--shell', 'print a shell command for each run that is to be made, a line each').conflicts('format'))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment plan recipes/paper/as-reported.yaml --profile paper')
    .action(async (path: string, options: Options) => {
      const { makePlans, planContext } = await import('./planning.ts')
      const { planTable, profileTotals } = await import('./plan_table.ts')
      const { requireEngineOf } = await import('./require_engine.ts')
      const { commitOf } = await import('../run/commit.ts')
      const context = await planContext(options.store, ({ kind }) => console.error(`Reading the data once: ${kind} …`))
      const load = await loadOptions(options)
      const plans = await makePlans(path, load, context)
      requireEngineOf(plans.recipe)
      const { recipe, engine, runs, others } = options.measure ? await measured(plans, { path, load, context }) : plans
      await warn(recipe)
      if (options.shell) return printCommands(recipe, runs, options)
      const chosen = { name: recipe.profile?.name ?? null, runs }
      const totals = profileTotals([chosen, ...others])
      if (options.format === 'json') console.log(printableJson({ recipe: path, profile: recipe.profile, engine, runs, totals }))
      else console.log(planTable({ chosen, totals, engine, commit: await commitOf() }))
    })
}

/** For any scheduler: each line makes one run, whatever else is going on. */
const printCommands = async (recipe: Recipe, runs: Plans['runs'], options: Options): Promise<void> => {
  const { commandOf } = await import('./command_of.ts')
  for (const run of runs) if (run.state === 'to_do' || run.state === 'failed') console.log(commandOf(recipe, run, options))
}

/** The same plans, once the steps of their networks have been timed. */
const measured = async (
  plans: Plans,
  { path, load, context }: { path: string; load: LoadOptions; context: StoreContext },
): Promise<Plans> => {
  const [{ timeRuns }, { makePlans }] = await Promise.all([import('./timing.ts'), import('./planning.ts')])
  const runs = [...plans.runs, ...plans.others.flatMap((other) => other.runs)]
  const speeds = await timeRuns(runs, { engine: plans.engine.name, say: (text) => console.error(text) })
  return makePlans(path, load, {
    ...context,
    measured: [...context.measured, ...speeds.map((speed) => ({ ...speed, from: 'steps' as const }))],
  })
}

const warn = async ({ warnings }: Recipe): Promise<void> => {
  if (warnings.length === 0) return
  const { problemText } = await import('../problem_text.ts')
  console.error(problemText(warnings, { color: process.stderr.isTTY && !process.env.NO_COLOR }))
}
