import { type Command, Option } from 'commander'
import { type StudyOptions, studyOptions } from '../study/study_options.ts'

type Options = StudyOptions & { out: string; format?: 'csv' | 'parquet' }

export const registerTables = (program: Command): void => {
  studyOptions(
    program
      .command('tables')
      .description('Writes what records say as tidy tables for pandas, Observable and others: runs, epochs, classes, predictions.'),
  )
    .argument('[recipe]', 'recipe file; without it, all runs of the store')
    .option('-o, --out <dir>', 'folder of the tables', 'tables')
    .addOption(new Option('--format <format>', 'only as one of them; default: both').choices(['csv', 'parquet']))
    .addHelpText('after', '\nWhat the columns mean: docs/tables.md\n\nExample:\n  npx ferment tables --format parquet')
    .action(async (recipe: string | undefined, options: Options) => {
      const { writeTables } = await import('../study/write_tables.ts')
      for (const file of await writeTables(recipe, options)) console.log(file)
    })
}
