import type { Command } from 'commander'
import { type StudyOptions, studyOptions } from '../study/study_options.ts'

export const registerPublish = (program: Command): void => {
  studyOptions(
    program
      .command('publish')
      .description(
        'Copies the records of a recipe’s finished runs to where they are committed and count as done: without weights, predictions compressed.',
      ),
  )
    .argument('<recipe>', 'recipe file')
    .option('--to <dir>', 'folder of the published records (default: reports/records)')
    .addHelpText('after', '\nExample:\n  npx ferment publish recipes/paper/as-coded.yaml --profile paper')
    .action(async (path: string, options: StudyOptions & { to?: string }) => {
      const { publishStudy } = await import('../study/publish_study.ts')
      await publishStudy(path, options)
    })
}
