import { type Command, InvalidArgumentError } from 'commander'
import { EXIT } from '../exit_status.ts'
import { engineOption } from '../study/recipe_options.ts'
import { type StudyOptions, studyOptions } from '../study/study_options.ts'

type Options = StudyOptions & { steps?: number }

/** What records keep. */
const MOST_STEPS = 50

export const registerVerify = (program: Command): void => {
  studyOptions(
    program
      .command('verify')
      .description(
        'Trains the first steps of finished and published runs again, and compares their losses with the records. No record is changed.',
      ),
  )
    .argument('<recipe>', 'recipe file')
    .option('--steps <number>', 'steps of each run, at most 50; default: 50, on the wasm engine 5', stepsOf)
    .addOption(engineOption())
    .addHelpText('after', '\nExample:\n  npx ferment verify recipes/paper/as-coded.yaml --profile paper --only batch_size=32')
    .action(async (path: string, options: Options) => {
      const { verifyRecipe } = await import('../study/verify_study.ts')
      const { reproduced, verified } = await verifyRecipe(path, options)
      if (reproduced < verified) process.exitCode = EXIT.runFailed
    })
}

const stepsOf = (text: string): number => {
  const steps = Number(text)
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_STEPS}: so many losses are in a record.`)
  return steps
}
