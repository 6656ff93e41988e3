import { type Command, InvalidArgumentError, Option } from 'commander'
import machine from '../../schema/machine.schema.json' with { type: 'json' }
import { EXIT } from '../exit_status.ts'
import { engineOption } from '../study/recipe_options.ts'
import type { RunOptions } from '../study/run_recipe.ts'
import { studyOptions } from '../study/study_options.ts'

export const registerRun = (program: Command): void => {
  studyOptions(program.command('run').description('Makes all runs of a recipe that are not done yet, each in a process of its own.'))
    .argument('<recipes...>', 'recipe files, one after another')
    .option('--parallel <number>', 'runs at a time; default: one a GPU, else one', wholeNumber)
    .addOption(engineOption())
    .addOption(
      new Option('--executor <name>', 'where runs are made; default: as the machine file has it, else local').choices(
        machine.properties.executor.enum,
      ),
    )
    .option('--machine <file>', 'what this site asks for, e.g. of Slurm (default: machine.yaml, where it is there)')
    .option('--quiet', 'says nothing of how runs go; what fails is said at the end', false)
    .addOption(
      new Option('--format <format>', 'how to say how runs go: text, or ndjson, a line of JSON for each message')
        .choices(['text', 'ndjson'])
        .default('text'),
    )
    .option('--anew', 'makes also those that are done or published; earlier records are put aside, not removed', false)
    .option('--profile-time', 'says at the end where the time of each run went', false)
    .option('--report', 'renders the report at the end', false)
    .addHelpText('after', '\nExample:\n  npx ferment run recipes/paper/as-reported.yaml --only "model=My CNN" --report')
    .action(runRecipes)
}

/** One after another; what is said of one is said before the next. An interruption ends all, a failure none but its own. */
const runRecipes = async (paths: readonly string[], options: RunOptions): Promise<void> => {
  const { runRecipe } = await import('../study/run_recipe.ts')
  for (const path of paths) {
    await runRecipe(path, options)
    if (process.exitCode === EXIT.interrupted) return
  }
}

const wholeNumber = (value: string): number => {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or more.')
  return Number(value)
}
