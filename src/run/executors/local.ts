import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { writeWhole } from '../../write_whole.ts'
import { INTERRUPT_GRACE_MS } from '../grace.ts'
import type { RunMessage } from '../job.ts'
import { runFiles } from '../store.ts'
import { endOf } from './child_end.ts'
import type { Executor } from './executor.ts'

const CHILD = fileURLToPath(new URL('../child.mjs', import.meta.url))
/** Children at work. None outlives this process, even one that computes and looks at nothing else. */
const atWork = new Set<{ kill: (signal: 'SIGKILL') => boolean }>()
process.on('exit', () => {
  for (const child of atWork) child.kill('SIGKILL')
})

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
      // Ctrl-C reaches a whole process group: the child gets its own, so that it is asked once, by its parent, and can end its step.
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

export const local: Executor = localWithGrace(INTERRUPT_GRACE_MS)
