import { type Command, InvalidArgumentError, Option } from 'commander'
import type { RunEnd } from '../run/job.ts'
import type { Study } from './study.ts'
import { type StudyOptions, studyOptions } from './study_options.ts'

type RunOptions = StudyOptions & { parallel: number; engine?: 'native' | 'wasm'; report: boolean }

const FAILED = 3
const INTERRUPTED = 130

const say = (text: string) => process.stderr.write(`${text}\n`)

/** Ends the runs in progress at the first Ctrl-C, keeping their checkpoints; the second ends ferment at once. */
const abortOnSignals = (): AbortSignal => {
  const abort = new AbortController()
  const stop = () => {
    if (abort.signal.aborted) process.exit(INTERRUPTED)
    say('\nStopping: the step in progress is finished and a checkpoint written. Once more ends at once.')
    abort.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return abort.signal
}

/** Makes the runs that are not done, showing how they go. */
const makeRuns = async ({ recipe, code, runs }: Study, { store, parallel, engine }: RunOptions, signal: AbortSignal): Promise<RunEnd[]> => {
  const [{ runAll }, { executors }, { showProgress }] = await Promise.all([
    import('../run/run_all.ts'),
    import('../run/executors/table.ts'),
    import('./progress.ts'),
  ])
  const jobs = runs
    .filter(({ state }) => state === 'to_do' || state === 'failed')
    .map(({ id, cell, seed, spec }) => ({
      id,
      store,
      study: { title: recipe.about.title, recipe: recipe.path, profile: recipe.profile?.name ?? null },
      cell,
      seed,
      spec,
      code,
      engine: engine ?? null,
      command: ['ferment', ...process.argv.slice(2)],
    }))
  const progress = showProgress({ stream: process.stderr, total: jobs.length })
  try {
    return await runAll(jobs, { executor: executors.local, parallel, signal, ...progress })
  } finally {
    progress.stop()
  }
}

const run = async (path: string, options: RunOptions): Promise<void> => {
  const { openStudy } = await import('./study.ts')
  if (options.engine) process.env.FERMENT_ENGINE = options.engine
  const study = await openStudy(path, options, say)
  say(`${study.plan}\n`)
  const signal = abortOnSignals()
  const ends = await makeRuns(study, options, signal)
  if (ends.some(({ status }) => status === 'failed')) process.exitCode = FAILED
  if (signal.aborted) {
    process.exitCode = INTERRUPTED
    say('Interrupted. The same command goes on from here.')
    return
  }
  if (!options.report) return
  const { writeReport } = await import('./write_report.ts')
  await writeReport(study, options)
}

const wholeNumber = (value: string): number => {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or more.')
  return Number(value)
}

export const registerRun = (program: Command): void => {
  studyOptions(program.command('run').description('Makes all runs of a recipe that are not done yet, each in a process of its own.'))
    .argument('<recipe>', 'recipe file')
    .option('--parallel <number>', 'runs at a time', wholeNumber, 1)
    .addOption(new Option('--engine <name>', 'insists on an engine').choices(['native', 'wasm']))
    .option('--report', 'renders the report at the end', false)
    .addHelpText('after', '\nExample:\n  npx ferment run recipes/paper/as-reported.yaml --only "model=My CNN" --report')
    .action(run)
}
