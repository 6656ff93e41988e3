import { randomUUID } from 'node:crypto'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { UserError } from '../../problem.ts'
import { writeWhole } from '../../write_whole.ts'
import { INTERRUPT_GRACE_MS } from '../grace.ts'
import type { Job, RunEnd, RunMessage } from '../job.ts'
import { readProgress } from '../progress_file.ts'
import { recordFailure } from '../record_failure.ts'
import { runFiles } from '../store.ts'
import { endOf } from './child_end.ts'
import type { Executor } from './executor.ts'
import { cancel, hasEnded, kill, type QueueState, watchQueue } from './slurm/queue.ts'
import { type SlurmOptions, submitter, type Task } from './slurm/submit.ts'

const POLL_MS = 1000
/** A shared folder may show a file as late as this after it was written. */
const LOST_MS = 20_000
/** A run that Slurm ends again and again without a new checkpoint is given up. */
const MOST_TRIES = 3

type Ended = { status: number } | { lost: QueueState }
type Handle = Parameters<Executor>[1]

const TERMINATED = 128 + 15

/**
 * Makes runs as tasks of job arrays, over a folder that this machine and the nodes share. A node that dies is Slurm's to replace: the task
 * goes on from its checkpoint on another. One that Slurm has ended, at its time limit or for another job, is handed in again as long as it has
 * kept a newer checkpoint.
 */
export const slurm = (options: SlurmOptions): Executor => {
  const submit = submitter(options)
  const stateOf = watchQueue()
  const makeOnce = async (job: Job, handle: Handle): Promise<Ended> => {
    const attempt = randomUUID()
    await rm(exitFile(job), { force: true })
    await writeWhole(runFiles(job.store, job.id).job, `${JSON.stringify({ ...job, attempt }, null, 1)}\n`)
    const task = await submit(job, attempt)
    try {
      return await follow(job, task, { stateOf, handle })
    } finally {
      await task.release()
    }
  }
  return async (job, handle) => {
    const started = new Date()
    let [tries, kept] = [0, await checkpointTime(job)]
    for (;;) {
      try {
        const ended = await makeOnce(job, handle)
        await rm(exitFile(job), { force: true })
        const interrupted = handle.signal.aborted
        const isOver = 'status' in ended && ended.status !== TERMINATED
        const newer = await checkpointTime(job)
        tries = newer > kept ? 0 : tries + 1
        kept = newer
        if (!interrupted && !isOver && tries < MOST_TRIES) continue
        return await endOfTask(job, ended, { interrupted, started })
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return { id: job.id, status: 'failed', message: error.message }
      }
    }
  }
}

const exitFile = (job: Job): string => join(runFiles(job.store, job.id).dir, 'exit.json')

/** Follows a task to its end, reporting how it goes; after an abort it is asked to stop, and at last ended. */
const follow = async (
  job: Job,
  task: Task,
  { stateOf, handle }: { stateOf: ReturnType<typeof watchQueue>; handle: Handle },
): Promise<Ended> => {
  const report = reporter(job, handle.onMessage)
  let [endedSince, abortedSince, waits]: [number | null, number | null, string] = [null, null, '']
  for (;;) {
    await setTimeout(POLL_MS)
    const status = await readExit(job, task)
    if (status !== null) return { status }
    const state = await stateOf(task.id)
    const isReported = await report()
    if (!isReported && typeof state === 'object' && state.state === 'PENDING' && waits !== state.reason) {
      waits = state.reason
      handle.onMessage({ type: 'phase', phase: `waits in Slurm's queue (${waits})` })
    }
    if (!hasEnded(state)) endedSince = null
    else endedSince ??= performance.now()
    if (endedSince !== null && performance.now() - endedSince > (handle.signal.aborted ? POLL_MS : LOST_MS)) return { lost: state }
    if (!handle.signal.aborted) continue
    if (abortedSince === null) await cancel(task.id, state)
    abortedSince ??= performance.now()
    if (performance.now() - abortedSince > INTERRUPT_GRACE_MS) await kill(task.id)
  }
}

/** Reports what is new in how a run stands. */
const reporter = (job: Job, onMessage: (message: RunMessage) => void): (() => Promise<boolean>) => {
  let [phase, epochs, step] = ['', 0, '']
  return async () => {
    const progress = await readProgress(runFiles(job.store, job.id).progress)
    if (progress === null) return false
    if (progress.phase !== phase && progress.step === null) onMessage({ type: 'phase', phase: progress.phase })
    if (progress.epochs.length < epochs) epochs = 0
    for (const epoch of progress.epochs.slice(epochs)) onMessage(epoch)
    if (progress.step && JSON.stringify(progress.step) !== step) onMessage(progress.step)
    ;[phase, epochs, step] = [progress.phase, progress.epochs.length, JSON.stringify(progress.step)]
    return true
  }
}

const readExit = async (job: Job, { attempt }: Task): Promise<number | null> => {
  try {
    const exit = JSON.parse(await readFile(exitFile(job), 'utf8')) as { attempt: string; status: number }
    return exit.attempt === attempt ? exit.status : null
  } catch {
    return null
  }
}

/** When a run has kept its last checkpoint; 0 where there is none. */
const checkpointTime = async (job: Job): Promise<number> =>
  (await stat(runFiles(job.store, job.id).checkpoint).catch(() => null))?.mtimeMs ?? 0

const endOfTask = async (job: Job, ended: Ended, { interrupted, started }: { interrupted: boolean; started: Date }): Promise<RunEnd> => {
  if ('status' in ended) {
    const { status } = ended
    const killedBy = status === 137 ? 'SIGKILL' : undefined
    return endOf(job, { exitCode: killedBy ? undefined : status, killedBy, interrupted, started })
  }
  if (interrupted) return { id: job.id, status: 'interrupted' }
  const message = `Slurm has ended the run (${textOf(ended.lost)}), and it has not said how it ended. ${runFiles(job.store, job.id).log} may say more.`
  await recordFailure(job, message, started)
  return { id: job.id, status: 'failed', message }
}

const textOf = (state: QueueState): string =>
  typeof state === 'object' ? `${state.state}, ${state.reason}` : 'it is not in the queue any more'
