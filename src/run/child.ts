import { readFile } from 'node:fs/promises'
import { EXIT } from '../exit_status.ts'
import { type Job, type RunMessage, STOP_SIGNALS, type StopSignal, stoppedStatus } from './job.ts'
import { logLine } from './log_line.ts'
import { performRun } from './perform_run.ts'
import { progressFile } from './progress_file.ts'
import { reasonOf, recordFailure } from './record_failure.ts'
import { runFiles } from './store.ts'
import { watchParent } from './watch_parent.ts'

/** A run's child process: makes the job of the file, reports to the parent how it goes, and ends with status 0, 3 (failed) or `stoppedStatus` (stopped, checkpoint kept). */
export const runJob = async (jobFile: string, attempt?: string): Promise<void> => {
  const started = new Date()
  const job = JSON.parse(await readFile(jobFile, 'utf8')) as Job
  if (attempt !== undefined && attempt !== job.attempt) return
  const abort = new AbortController()
  let stopped = stoppedStatus('SIGHUP')
  const stopBy = (signal: StopSignal) => {
    if (!abort.signal.aborted) stopped = stoppedStatus(signal)
    abort.abort()
  }
  for (const signal of STOP_SIGNALS) process.on(signal, () => stopBy(signal))
  // The parent is gone, killed perhaps: nobody waits for this run, and another ferment may want it.
  process.on('disconnect', () => stopBy('SIGHUP'))
  if (attempt !== undefined) watchParent(job, attempt, () => stopBy('SIGHUP'))
  const progress = progressFile(runFiles(job.store, job.id).progress, job)
  const send = (message: RunMessage) => {
    progress.hear(message)
    const line = logLine(message, new Date())
    if (line !== null) process.stdout.write(`${line}\n`)
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }
  try {
    const end = await performRun(job, { send, signal: abort.signal })
    process.exitCode = end === 'done' ? EXIT.done : stopped
  } catch (error) {
    process.exitCode = EXIT.runFailed
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    await recordFailure(job, reasonOf(error), started)
  } finally {
    await progress.remove()
    if (process.connected) process.disconnect()
  }
}
