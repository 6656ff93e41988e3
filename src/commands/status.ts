import { type Command, Option } from 'commander'
import { DEFAULT_STORE } from '../study/study_options.ts'

type Options = { store: string; watch?: true; format: 'text' | 'json' }

export const registerStatus = (program: Command): void => {
  program
    .command('status')
    .description('Shows how the runs of a store stand, those of other ferments and machines too. Nothing is changed.')
    .addOption(new Option('--store <dir>', 'folder of the runs').default(DEFAULT_STORE))
    .option('--watch', 'go on showing it, until Ctrl-C')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment status --watch')
    .action(async ({ store, watch, format }: Options) => {
      const { showStatus, watchStatus } = await import('../terminal/show_status.ts')
      await (watch ? watchStatus(store) : showStatus(store, format))
    })
}
