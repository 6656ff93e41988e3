import { readFile, stat } from 'node:fs/promises'
import { type Job, type RunEnd, STOP_SIGNALS, stoppedStatus } from '../job.ts'
import { recordFailure } from '../record_failure.ts'
import { readRecord, runFiles } from '../store.ts'

type ChildEnd = { exitCode: number | undefined; killedBy: string | undefined; interrupted: boolean; started: Date }

/** How a run ended, by its record and by how its child process ended. */
export const endOf = async (job: Job, { exitCode, killedBy, interrupted, started }: ChildEnd): Promise<RunEnd> => {
  const { id, store } = job
  const record = await readRecord(store, id)
  // Also where it was asked to stop, or broke, on its way out.
  if (record?.status === 'done') return { id, status: 'done' }
  // It has kept its checkpoint; or it was killed by the signal before it had begun.
  const stoppedBy = STOP_SIGNALS.find((signal) => exitCode === stoppedStatus(signal) || killedBy === signal)
  if (interrupted && stoppedBy !== undefined) return { id, status: 'interrupted' }
  if (record?.error !== undefined && Date.parse(record.provenance.started_at) >= started.getTime())
    return { id, status: 'failed', message: record.error }
  const checkpoint = await writtenAt(runFiles(store, id).checkpoint)
  if (interrupted && killedBy === 'SIGKILL') return { id, status: 'interrupted', forced: { checkpoint } }
  const goesOn = checkpoint === null ? '' : '\nThe same command goes on from its checkpoint.'
  const cause = stoppedBy === undefined ? await crash(runFiles(store, id).log, { exitCode, killedBy }) : endedByOthers(stoppedBy)
  const message = `${cause}${goesOn}`
  await recordFailure(job, message, started)
  return { id, status: 'failed', message }
}

/** When a file was written; null where there is none. */
const writtenAt = (file: string): Promise<Date | null> =>
  stat(file).then(
    ({ mtime }) => mtime,
    () => null,
  )

const NEEDS_LESS =
  'A smaller training.batch_size, --parallel 1 or fewer images (limit) need less memory; `npx ferment doctor` says how much there is.'

/** How Node, C++ and TensorFlow say that memory has run out. */
const NO_MEMORY = /heap out of memory|std::bad_alloc|OOM when allocating|ResourceExhausted|Cannot allocate memory|CUDA_ERROR_OUT_OF_MEMORY/i

/** What is known of a child that could not say itself why it failed. */
const crash = async (log: string, { exitCode, killedBy }: Pick<ChildEnd, 'exitCode' | 'killedBy'>): Promise<string> => {
  const end = await lastLines(log, 12)
  if (NO_MEMORY.test(end)) return `Memory has run out. ${NEEDS_LESS} The end of ${log}:\n${end}`
  const how = killedBy === undefined ? `ended with status ${exitCode}` : `was killed by ${killedBy}`
  const likely = killedBy === 'SIGKILL' ? ` The system does so where memory runs out. ${NEEDS_LESS}` : ''
  return `The child process ${how}.${likely} The end of ${log}:\n${end}`
}

/** The end of a log, without the lines of a stack. */
const lastLines = async (file: string, count: number): Promise<string> => {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n')
  return lines
    .filter((line) => !/^\s+at /.test(line))
    .slice(-count)
    .join('\n')
}

const endedByOthers = (signal: string): string =>
  `The child process was ended by ${signal}, which ferment did not send: by a scheduler, a guard of the memory (earlyoom) or a person.`
