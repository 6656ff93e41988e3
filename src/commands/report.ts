import type { Command } from 'commander'
import { type StudyOptions, studyOptions } from '../study/study_options.ts'

export const registerReport = (program: Command): void => {
  studyOptions(
    program.command('report').description('Renders the report of a recipe from the records of its runs, done or not. Nothing is trained.'),
  )
    .argument('<recipe>', 'recipe file')
    .option(
      '-o, --out <file>',
      'where the report is written (default: reports/<name of the recipe>.html; the index.html beside it lists it)',
    )
    .option('--from <dir>', 'take everything from this folder of records, such as reports/records: no data, weights or engine are needed')
    .addHelpText('after', '\nExample:\n  npx ferment report recipes/paper/as-reported.yaml --profile paper')
    .action(async (path: string, options: StudyOptions & { out?: string; from?: string }) => {
      const [{ openStudy }, { writeReport }] = await Promise.all([import('../study/study.ts'), import('../study/write_report.ts')])
      const study = await openStudy(path, options, (text) => process.stderr.write(`${text}\n`))
      await writeReport(study, options)
    })
}
