import { type Command, Option } from 'commander'
import { DEFAULT_STORE } from '../study/study_options.ts'

type Options = { store: string; format: 'text' | 'json'; html?: string }

export const registerCompare = (program: Command): void => {
  program
    .command('compare')
    .description(
      'Shows two runs or more side by side: which settings differ, then what came out, on the same test images where that is known.',
    )
    .argument('<runs...>', 'ids of runs, or their beginnings, of the store or of reports/records; or files of records')
    .addOption(new Option('--store <dir>', 'folder of the runs').default(DEFAULT_STORE))
    .option('--html <file>', 'write it as a page, too')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment compare 8771 d595')
    .action(async (runs: string[], options: Options) => {
      const { compareStored } = await import('../study/compare_stored.ts')
      console.log(await compareStored(runs, options))
    })
}
