import { readFile } from 'node:fs/promises'
import { UserError } from '../problem.ts'
import { INTERRUPTED } from './executors/local.ts'
import type { Job, RunMessage } from './job.ts'
import { performRun } from './perform_run.ts'
import { provenanceOf } from './provenance.ts'
import { writeRecord } from './store.ts'

/** Of a run that failed before it had an engine. */
const NO_ENGINE = { name: 'none', mode: 'none', device: 'none', gpu: false, tensorflow: null }

/** Leaves a record of a run that failed, with the reason, so that reports can say it. */
const recordFailure = async (job: Job, error: unknown, started: Date): Promise<void> => {
  const now = new Date()
  const reason =
    error instanceof UserError || !(error instanceof Error) ? String((error as Error).message ?? error) : `${error.name}: ${error.message}`
  const { id, study, cell, seed, spec } = job
  await writeRecord(job.store, {
    schema_version: 1,
    id,
    status: 'failed',
    error: reason,
    study,
    cell: { ...cell },
    seed,
    spec: spec as unknown as Record<string, unknown>,
    provenance: {
      ...(await provenanceOf(NO_ENGINE, job)),
      started_at: started.toISOString(),
      finished_at: now.toISOString(),
      seconds: (now.getTime() - started.getTime()) / 1000,
      peak_memory_bytes: process.resourceUsage().maxRSS * 1024,
      resumed: 0,
    },
  })
}

/** A run's child process: makes the job of the file, tells the parent how it goes, and ends with status 0, 3 (failed) or 130 (stopped, checkpoint kept). */
export const runJob = async (jobFile: string): Promise<void> => {
  const started = new Date()
  const job = JSON.parse(await readFile(jobFile, 'utf8')) as Job
  const abort = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => abort.abort())
  // The parent is gone, killed perhaps: nobody waits for this run, and another ferment may want it.
  process.on('disconnect', () => abort.abort())
  const send = (message: RunMessage) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }
  try {
    const end = await performRun(job, { send, signal: abort.signal })
    process.exitCode = end === 'done' ? 0 : INTERRUPTED
  } catch (error) {
    process.exitCode = 3
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    await recordFailure(job, error, started)
  } finally {
    if (process.connected) process.disconnect()
  }
}
