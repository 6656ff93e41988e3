import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import { EXIT } from '../exit_status.ts'
import type { Job, RunEnd } from '../run/job.ts'
import type { Progress, ProgressOptions } from '../terminal/progress_display.ts'
import type { Study } from './study.ts'
import type { StudyOptions } from './study_options.ts'
import type { WhereOptions } from './where_runs_are_made.ts'

export type RunOptions = StudyOptions &
  WhereOptions &
  Pick<ProgressOptions, 'quiet' | 'format'> & { profileTime: boolean; report: boolean; anew: boolean }

/** Makes the runs of a recipe that are not done, and its report if it is asked for. Sets the process' exit status. */
export const runRecipe = async (path: string, options: RunOptions): Promise<void> => {
  const [{ openStudy }, { requireEngineOf }, { askedEngine }] = await Promise.all([
    import('./study.ts'),
    import('./require_engine.ts'),
    import('../engine/choose/choose_engine.ts'),
  ])
  const study = await openStudy(path, options, say)
  requireEngineOf(study.recipe, askedEngine(options.engine))
  const { wrapped } = await import('../terminal/wrapped.ts')
  if (!options.quiet) say(`${wrapped(study.plan, process.stderr)}\n`)
  const jobs = await jobsOf(study, options)
  if (options.anew) await setAllAside(jobs)
  const { ends, interrupted } = jobs.length === 0 ? { ends: [], interrupted: false } : await makeRuns(jobs, options, study.engine)
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

const say = (text: string) => process.stderr.write(`${text}\n`)

/** Runs of a study that are to be made now. */
const jobsOf = async ({ recipe, runs, engine }: Study, { store, anew }: RunOptions): Promise<Job[]> => {
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
      engine: engine.required ? engine.name : null,
      command: ['ferment', ...process.argv.slice(2)],
    }))
}

const setAllAside = async (jobs: readonly Job[]): Promise<void> => {
  const { setAside } = await import('../run/store.ts')
  for (const { store, id } of jobs) await setAside(store, id)
}

/** Makes the runs, showing how they go. */
const makeRuns = async (
  jobs: readonly Job[],
  options: RunOptions,
  engine: ChosenEngine,
): Promise<{ ends: RunEnd[]; interrupted: boolean }> => {
  const [{ runAll }, { showProgress }, { whereRunsAreMade }, { makeFolder }] = await Promise.all([
    import('../run/run_all.ts'),
    import('../terminal/progress.ts'),
    import('./where_runs_are_made.ts'),
    import('../write_whole.ts'),
  ])
  await makeFolder(options.store)
  const { notices, ...where } = await whereRunsAreMade(jobs.length, options, engine)
  const progress = await showProgress({ stream: process.stderr, total: jobs.length, quiet: options.quiet, format: options.format })
  const said = new Set<string>()
  const sayOnce = (text: string) => {
    if (!said.has(text)) progress.say(text)
    said.add(text)
  }
  for (const notice of notices) sayOnce(notice)
  return interruptible(progress, async (signal) => {
    const ends = await runAll(jobs, {
      ...progress,
      ...where,
      signal,
      onMessage: (job, message) => (message.type === 'notice' ? sayOnce(message.text) : progress.onMessage(job, message)),
    })
    return { ends, interrupted: signal.aborted }
  })
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

/** Where the time of the runs went that are done, now or earlier. */
const printTimes = async ({ runs }: Study, { store }: RunOptions): Promise<void> => {
  const [{ readRecord }, { sinceStart, timeTable }] = await Promise.all([import('../run/store.ts'), import('../terminal/time_table.ts')])
  const records = await Promise.all(runs.map(({ id }) => readRecord(store, id)))
  const done = records.flatMap((record) => (record?.status === 'done' ? [record] : []))
  const first = sinceStart(done, performance.timeOrigin)
  console.log([...done.map((record) => timeTable(record)), ...(first === null ? [] : [first])].join('\n\n'))
}
