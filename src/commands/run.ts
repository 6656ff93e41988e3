import { type Command, InvalidArgumentError, Option } from 'commander'
import type { EngineName } from '../engine/engine.ts'
import { EXIT } from '../exit_status.ts'
import type { Job, RunEnd } from '../run/job.ts'
import type { Progress, ProgressOptions } from './progress.ts'
import type { Study } from './study.ts'
import { type StudyOptions, studyOptions } from './study_options.ts'
import type { WhereOptions } from './where_runs_are_made.ts'

type RunOptions = StudyOptions &
  WhereOptions &
  Pick<ProgressOptions, 'quiet' | 'format'> & { engine?: EngineName; profileTime: boolean; report: boolean; anew: boolean }

const say = (text: string) => process.stderr.write(`${text}\n`)

/** Runs of a study that are to be made now. */
const jobsOf = async ({ recipe, runs }: Study, { store, anew }: RunOptions, engine: EngineName | undefined): Promise<Job[]> => {
  const { codeHash } = await import('../run/code_hash.ts')
  const code = await codeHash()
  return runs
    .filter(({ state }) => (anew ? state !== 'skipped' : state === 'to_do' || state === 'failed'))
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
}

const setAllAside = async (jobs: readonly Job[]): Promise<void> => {
  const { setAside } = await import('../run/store.ts')
  for (const { store, id } of jobs) await setAside(store, id)
}

/** Ends the runs in progress at the first Ctrl-C, keeping their checkpoints; the second ends ferment at once. */
const interruptible = async <T>({ say, stop }: Progress, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const abort = new AbortController()
  const interrupt = () => {
    if (abort.signal.aborted) {
      stop()
      process.exit(EXIT.interrupted)
    }
    say('Stopping once a checkpoint is written. Ctrl-C again ends at once.')
    abort.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await work(abort.signal)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
    stop()
  }
}

/** Makes the runs, showing how they go. */
const makeRuns = async (
  jobs: readonly Job[],
  options: RunOptions,
  insisted: EngineName | undefined,
): Promise<{ ends: RunEnd[]; interrupted: boolean }> => {
  const [{ runAll }, { showProgress }, { whereRunsAreMade }, { makeFolder }] = await Promise.all([
    import('../run/run_all.ts'),
    import('./progress.ts'),
    import('./where_runs_are_made.ts'),
    import('../run/write_whole.ts'),
  ])
  await makeFolder(options.store)
  const { notices, ...where } = await whereRunsAreMade(jobs.length, options, insisted)
  const progress = await showProgress({ stream: process.stderr, total: jobs.length, quiet: options.quiet, format: options.format })
  const told = new Set<string>()
  const tellOnce = (text: string) => {
    if (!told.has(text)) progress.say(text)
    told.add(text)
  }
  for (const notice of notices) tellOnce(notice)
  return interruptible(progress, async (signal) => {
    const ends = await runAll(jobs, {
      ...progress,
      ...where,
      signal,
      onMessage: (job, message) => (message.type === 'notice' ? tellOnce(message.text) : progress.onMessage(job, message)),
    })
    return { ends, interrupted: signal.aborted }
  })
}

/** Where the time of the runs went that are done, now or earlier. */
const printTimes = async ({ runs }: Study, { store }: RunOptions): Promise<void> => {
  const [{ readRecord }, { sinceStart, timeTable }] = await Promise.all([import('../run/store.ts'), import('./time_table.ts')])
  const records = await Promise.all(runs.map(({ id }) => readRecord(store, id)))
  const done = records.flatMap((record) => (record?.status === 'done' ? [record] : []))
  const first = sinceStart(done, performance.timeOrigin)
  console.log([...done.map((record) => timeTable(record)), ...(first === null ? [] : [first])].join('\n\n'))
}

/** Makes the runs of a recipe that are not done, and its report if it is asked for. Sets the process' exit status. */
export const runRecipe = async (path: string, options: RunOptions): Promise<void> => {
  const { openStudy } = await import('./study.ts')
  if (options.engine) process.env.FERMENT_ENGINE = options.engine
  const study = await openStudy(path, options, say)
  const [{ requireEngineOf }, { insistedEngine }] = await Promise.all([import('./require_engine.ts'), import('../engine/insist.ts')])
  requireEngineOf(study.recipe)
  const engine = insistedEngine(study.recipe.engine) as EngineName | undefined
  const { wrapped } = await import('./wrapped.ts')
  if (!options.quiet) say(`${wrapped(study.plan, process.stderr)}\n`)
  const jobs = await jobsOf(study, options, engine)
  if (options.anew) await setAllAside(jobs)
  const { ends, interrupted } = jobs.length === 0 ? { ends: [], interrupted: false } : await makeRuns(jobs, options, engine)
  const failed = ends.filter(({ status }) => status === 'failed').length
  if (failed > 0) {
    say(`${failed} of ${jobs.length} ${jobs.length === 1 ? 'run' : 'runs'} failed, for the reasons above.`)
    process.exitCode = EXIT.runFailed
  }
  if (interrupted) {
    const killed = ends.some((end) => end.status === 'interrupted' && end.forced)
    say(`Interrupted. The same command goes on ${killed ? 'as said above' : 'from here'}.`)
    process.exitCode = EXIT.interrupted
    return
  }
  if (options.profileTime) await printTimes(study, options)
  if (!options.report) return
  const { writeReport } = await import('./write_report.ts')
  await writeReport(study, options)
}

/** One after another; what is said of one is said before the next. An interruption ends all, a failure none but its own. */
const runRecipes = async (paths: readonly string[], options: RunOptions): Promise<void> => {
  for (const path of paths) {
    await runRecipe(path, options)
    if (process.exitCode === EXIT.interrupted) return
  }
}

const wholeNumber = (value: string): number => {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or more.')
  return Number(value)
}

export const registerRun = (program: Command): void => {
  studyOptions(program.command('run').description('Makes all runs of a recipe that are not done yet, each in a process of its own.'))
    .argument('<recipes...>', 'recipe files, one after another')
    .option('--parallel <number>', 'runs at a time; default: one a GPU, else one', wholeNumber)
    .addOption(new Option('--engine <name>', 'insists on an engine').choices(['native', 'webgpu', 'wasm']))
    .addOption(
      new Option('--executor <name>', 'where runs are made; default: as the machine file has it, else local').choices(['local', 'slurm']),
    )
    .option('--machine <file>', 'what this site asks for, e.g. of Slurm (default: machine.yaml, where it is there)')
    .option('--quiet', 'says nothing of how runs go; what fails is said at the end', false)
    .addOption(
      new Option('--format <format>', 'how to tell how runs go: text, or ndjson, a line of JSON for each message')
        .choices(['text', 'ndjson'])
        .default('text'),
    )
    .option('--anew', 'makes also those that are done or published; earlier records are put aside, not removed', false)
    .option('--profile-time', 'tells at the end where the time of each run went', false)
    .option('--report', 'renders the report at the end', false)
    .addHelpText('after', '\nExample:\n  npx ferment run recipes/paper/as-reported.yaml --only "model=My CNN" --report')
    .action(runRecipes)
}
