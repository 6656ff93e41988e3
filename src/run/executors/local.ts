import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Job, RunEnd, RunMessage } from '../job.ts'
import { readRecord, runFiles, writeWhole } from '../store.ts'
import type { Executor } from './table.ts'

const CHILD = fileURLToPath(new URL('../child.mjs', import.meta.url))
/** Exit status of a child that was asked to stop and has kept its checkpoint. */
export const INTERRUPTED = 130
/** How long an interrupted child may take to finish its step and write its checkpoint. */
const GRACE_MS = 60_000

const lastLines = async (file: string, count: number): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').slice(-count).join('\n')

/** Runs a job in a child process on this machine. What it prints goes to `run.log` beside its record. */
export const local: Executor = async (job, { onMessage, signal }) => {
  const files = runFiles(job.store, job.id)
  await writeWhole(files.job, `${JSON.stringify(job, null, 1)}\n`)
  const log = createWriteStream(files.log, { flags: 'a' })
  const child = execa(process.execPath, [CHILD, files.job], {
    ipc: true,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: { ipc: false, stdout: false, stderr: false },
    reject: false,
    // Ctrl-C reaches a whole process group: the child gets its own, so that it is told once, by its parent, and can end its step.
    detached: true,
    cleanup: true,
    forceKillAfterDelay: GRACE_MS,
  })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  child.on('message', (message) => onMessage(message as RunMessage))
  const stop = () => child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const { exitCode, signal: killedBy } = await child
  signal.removeEventListener('abort', stop)
  log.end()
  return endOf(job, { exitCode, killedBy, interrupted: signal.aborted })
}

type ChildEnd = { exitCode: number | undefined; killedBy: string | undefined; interrupted: boolean }

const endOf = async ({ id, store }: Job, { exitCode, killedBy, interrupted }: ChildEnd): Promise<RunEnd> => {
  if (exitCode === 0) return { id, status: 'done' }
  if (exitCode === INTERRUPTED || interrupted) return { id, status: 'interrupted' }
  const record = await readRecord(store, id)
  if (record?.status === 'failed') return { id, status: 'failed', message: record.error ?? 'no reason was recorded' }
  const { log } = runFiles(store, id)
  const how =
    killedBy === undefined
      ? `ended with status ${exitCode}`
      : `was killed by ${killedBy}${killedBy === 'SIGKILL' ? ' (out of memory?)' : ''}`
  return { id, status: 'failed', message: `the child process ${how}. The end of ${log}:\n${await lastLines(log, 12)}` }
}
