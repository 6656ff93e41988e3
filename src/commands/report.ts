import { type Command, Option } from 'commander'
import { type StudyOptions, studyOptions } from '../study/study_options.ts'

type Options = StudyOptions & { out?: string; from?: string; format: 'html' | 'md' | 'tex' | 'csv' | 'json' }

export const registerReport = (program: Command): void => {
  studyOptions(
    program.command('report').description('Renders the report of a recipe from the records of its runs, done or not. Nothing is trained.'),
  )
    .argument('<recipe>', 'recipe file')
    .option(
      '-o, --out <file>',
      'where the report is written (default: reports/<name of the recipe>.html; the index.html beside it lists it)',
    )
    .addOption(
      new Option('--format <format>', 'the page, or only its tables, claimed beside measured, on standard output or in --out')
        .choices(['html', 'md', 'tex', 'csv', 'json'])
        .default('html'),
    )
    .option('--from <dir>', 'take everything from this folder of records, such as reports/records: no data, weights or engine are needed')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ferment report recipes/paper/as-reported.yaml --profile paper\n  npx ferment report recipes/paper/as-reported.yaml --profile paper --format tex --out tables.tex',
    )
    .action(async (path: string, options: Options) => {
      const [{ openStudy }, { writeReport, writeReportTables }] = await Promise.all([
        import('../study/study.ts'),
        import('../study/write_report.ts'),
      ])
      const study = await openStudy(path, options, (text) => process.stderr.write(`${text}\n`))
      if (options.format === 'html') await writeReport(study, options)
      else await writeReportTables(study, options.format, options)
    })
}
