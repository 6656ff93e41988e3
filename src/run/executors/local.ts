import { createWriteStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { type Job, type RunEnd, type RunMessage, STOP_SIGNALS, stoppedStatus } from '../job.ts'
import { recordFailure } from '../record_failure.ts'
import { readRecord, runFiles } from '../store.ts'
import { writeWhole } from '../write_whole.ts'
import type { Executor } from './table.ts'

const CHILD = fileURLToPath(new URL('../child.mjs', import.meta.url))
/** How long an interrupted child may take to finish its step and write its checkpoint. */
const GRACE_MS = 60_000

/** Children at work. None outlives this process, even one that computes and looks at nothing else. */
const atWork = new Set<{ kill: (signal: 'SIGKILL') => boolean }>()
process.on('exit', () => {
  for (const child of atWork) child.kill('SIGKILL')
})

/** The end of a log, without the lines of a stack. */
const lastLines = async (file: string, count: number): Promise<string> => {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n')
  return lines
    .filter((line) => !/^\s+at /.test(line))
    .slice(-count)
    .join('\n')
}

/** Runs jobs in child processes on this machine. What a child prints goes to `run.log` beside its record. */
export const localWithGrace =
  (graceMs: number): Executor =>
  async (job, { env, onMessage, signal }) => {
    const started = new Date()
    const files = runFiles(job.store, job.id)
    await writeWhole(files.job, `${JSON.stringify(job, null, 1)}\n`)
    // A log that cannot be written, as the disk is full, is no reason to end a run.
    const log = createWriteStream(files.log, { flags: 'a' }).on('error', () => {})
    const child = execa(process.execPath, [CHILD, files.job], {
      ipc: true,
      env,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: { ipc: false, stdout: false, stderr: false },
      reject: false,
      // Ctrl-C reaches a whole process group: the child gets its own, so that it is told once, by its parent, and can end its step.
      detached: true,
      forceKillAfterDelay: graceMs,
    })
    atWork.add(child)
    child.stdout.pipe(log, { end: false })
    child.stderr.pipe(log, { end: false })
    child.on('message', (message) => onMessage(message as RunMessage))
    const stop = () => child.kill('SIGTERM')
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const { exitCode, signal: killedBy } = await child
    atWork.delete(child)
    signal.removeEventListener('abort', stop)
    log.end()
    return endOf(job, { exitCode, killedBy, interrupted: signal.aborted, started })
  }

export const local: Executor = localWithGrace(GRACE_MS)

type ChildEnd = { exitCode: number | undefined; killedBy: string | undefined; interrupted: boolean; started: Date }

const endOf = async (job: Job, { exitCode, killedBy, interrupted, started }: ChildEnd): Promise<RunEnd> => {
  const { id, store } = job
  const record = await readRecord(store, id)
  // Also where it was told to stop, or broke, on its way out.
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

const endedByOthers = (signal: string): string =>
  `The child process was ended by ${signal}, which ferment did not send: by a scheduler, a guard of the memory (earlyoom) or a person.`

/** What is known of a child that could not say itself why it failed. */
const crash = async (log: string, { exitCode, killedBy }: Pick<ChildEnd, 'exitCode' | 'killedBy'>): Promise<string> => {
  const outOfMemory = killedBy === 'SIGKILL' ? ' (out of memory?)' : ''
  const how = killedBy === undefined ? `ended with status ${exitCode}` : `was killed by ${killedBy}${outOfMemory}`
  return `The child process ${how}. The end of ${log}:\n${await lastLines(log, 12)}`
}
