import { type Command, Option } from 'commander'
import { DEFAULT_STORE } from '../study/study_options.ts'

type Store = { store: string }

/** Ids may be cut: as many letters as tell a run from the others. */
export const registerRuns = (program: Command): void => {
  const runs = program
    .command('runs')
    .description('Lists, shows and removes the runs of a store, and carries them to other machines.')
    .addHelpText('after', '\nExample:\n  npx ferment runs list --format json')
  const command = (name: string, about: string) => runs.command(name).description(about).addOption(storeOption())
  command('list', 'A line a run: study, place in the matrix, state, result, size.')
    .addOption(formatOption())
    .action(async ({ store, format }: Store & { format: 'text' | 'json' }) => (await rooms()).list(store, format))
  command('show', 'All that is known of a run.')
    .argument('<id>', 'id of the run, or its beginning')
    .addOption(formatOption())
    .action(async (id: string, { store, format }: Store & { format: 'text' | 'json' }) => (await rooms()).show(store, id, format))
  command('log', 'What a run has written while it was made.')
    .argument('<id>', 'id of the run, or its beginning')
    .action(async (id: string, { store }: Store) => (await rooms()).log(store, id))
  command('rm', 'Removes runs with all their files.')
    .argument('<ids...>', 'ids of the runs, or their beginnings')
    .action(async (ids: string[], { store }: Store) => (await rooms()).remove(store, ids))
  command('gc', 'Removes what killed processes have left, and checkpoints of runs that are done.')
    .option('--dry-run', 'only say what would be removed', false)
    .action(async ({ store, dryRun }: Store & { dryRun: boolean }) => (await rooms()).collect(store, dryRun))
  command('export', 'Writes runs into one file, for another machine to report from or to go on with.')
    .argument('[ids...]', 'ids of the runs, or their beginnings; default: all')
    .requiredOption('-o, --out <file>', 'the file, e.g. study.tar.gz')
    .action(async (ids: string[], { store, out }: Store & { out: string }) => (await rooms()).exportTo(store, ids, out))
  command('import', 'Takes the runs of such a file into the store. What is done there stays.')
    .argument('<file>', 'the file')
    .action(async (file: string, { store }: Store) => (await rooms()).importFrom(store, file))
}

const storeOption = () => new Option('--store <dir>', 'folder of the runs').default(DEFAULT_STORE)

const formatOption = () => new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text')

const rooms = () => import('../study/stored_runs.ts')
