import type { Command } from 'commander'
import { DEFAULT_STORE } from '../study/study_options.ts'

type Options = { store: string }

export const registerReproduce = (program: Command): void => {
  program
    .command('reproduce')
    .description(
      'Answers whether a paper holds: reports the published records, verifies them on this machine where the data is there, and trains the rest where there is a GPU.',
    )
    .argument('<recipe...>', 'recipe files')
    .option('--store <dir>', 'folder of the runs', DEFAULT_STORE)
    .addHelpText('after', '\nExample:\n  npx ferment reproduce recipes/paper/as-coded.yaml')
    .action(async (paths: string[], options: Options) => {
      const { reproduceStudy } = await import('../study/reproduce_study.ts')
      for (const path of paths) await reproduceStudy(path, options)
    })
}
