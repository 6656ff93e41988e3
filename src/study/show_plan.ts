import { askedEngine } from '../engine/choose/choose_engine.ts'
import { printableJson } from '../printable.ts'
import { problemText } from '../problem_text.ts'
import type { LoadOptions, Recipe } from '../recipe/recipe.ts'
import { commitOf } from '../run/commit.ts'
import { planTable, profileTotals } from '../terminal/plan_table.ts'
import { commandOf } from './command_of.ts'
import { makePlans, type Plans, planContext, type StoreContext } from './planning.ts'
import { loadOptions, type RecipeOptions } from './recipe_options.ts'
import { requireEngineOf } from './require_engine.ts'
import { timeRuns } from './timing.ts'

export type PlanOptions = RecipeOptions & { format: 'text' | 'json'; store: string; measure?: true; shell?: true }

/** Prints what a recipe would run, as a table, as JSON or as a command a run. @throws UserError with all that is wrong, an engine that cannot be had included */
export const showPlan = async (path: string, options: PlanOptions): Promise<void> => {
  const asked = askedEngine(options.engine)
  const context = await planContext({ store: options.store, asked }, ({ kind }) => console.error(`Reading the data once: ${kind} …`))
  const load = await loadOptions(options)
  const plans = await makePlans(path, load, context)
  requireEngineOf(plans.recipe, asked)
  const { recipe, engine, runs, others } = options.measure ? await measured(plans, { path, load, context }) : plans
  warn(recipe)
  if (options.shell) return printCommands(recipe, runs, options)
  const chosen = { name: recipe.profile?.name ?? null, runs }
  const totals = profileTotals([chosen, ...others])
  if (options.format === 'json') console.log(printableJson({ recipe: path, profile: recipe.profile, engine, runs, totals }))
  else console.log(planTable({ chosen, totals, engine, commit: await commitOf() }))
}

/** For any scheduler: each line makes one run, whatever else is going on. */
const printCommands = (recipe: Recipe, runs: Plans['runs'], options: PlanOptions): void => {
  for (const run of runs) if (run.state === 'to_do' || run.state === 'failed') console.log(commandOf(recipe, run, options))
}

/** The same plans, once the steps of their networks have been timed. */
const measured = async (
  plans: Plans,
  { path, load, context }: { path: string; load: LoadOptions; context: StoreContext },
): Promise<Plans> => {
  const runs = [...plans.runs, ...plans.others.flatMap((other) => other.runs)]
  const speeds = await timeRuns(runs, { engine: plans.engine.name, say: (text) => console.error(text) })
  return makePlans(path, load, {
    ...context,
    measured: [...context.measured, ...speeds.map((speed) => ({ ...speed, from: 'steps' as const }))],
  })
}

const warn = ({ warnings }: Recipe): void => {
  if (warnings.length === 0) return
  console.error(problemText(warnings, { color: process.stderr.isTTY && !process.env.NO_COLOR }))
}
