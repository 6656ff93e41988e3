import type { Command } from 'commander'
import { DEFAULT_STORE, type StudyOptions, studyOptions } from './study_options.ts'

type Options = StudyOptions & { to?: string }

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
    .action(publish)
}

const publish = async (path: string, { to, ...options }: Options): Promise<void> => {
  const [{ openStudy }, { publishRecord }, { PUBLISHED }, { readRecord }] = await Promise.all([
    import('./study.ts'),
    import('../run/publish.ts'),
    import('../run/published.ts'),
    import('../run/store.ts'),
  ])
  const { runs } = await openStudy(path, options, (text) => console.error(text))
  const dir = to ?? PUBLISHED
  let published = 0
  for (const { id, state, cell, seed } of runs) {
    const record = state === 'done' ? await readRecord(options.store, id) : null
    if (record === null) continue
    await publishRecord(record, { from: options.store, to: dir })
    published += 1
    console.log(`${id}  ${[...Object.values(cell), `seed ${seed}`].join(' · ')}`)
  }
  const where = options.store === DEFAULT_STORE ? '' : ` of ${options.store}`
  console.error(`${published} of ${runs.length} records${where} published in ${dir}.`)
}
