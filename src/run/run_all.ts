import type { Executor } from './executors/table.ts'
import type { Job, RunEnd, RunMessage } from './job.ts'
import { lockRun } from './lock.ts'
import { readRecord, runFiles } from './store.ts'

export type RunAllOptions = {
  executor: Executor
  /** Runs at a time; at least 1. */
  parallel: number
  signal: AbortSignal
  onStart: (job: Job, index: number) => void
  onMessage: (job: Job, message: RunMessage) => void
  onEnd: (job: Job, end: RunEnd) => void
}

/** One run under its lock: not made again if another process finished it while we waited. */
const runOne = async (job: Job, { executor, signal, onMessage }: RunAllOptions): Promise<RunEnd> => {
  const release = await lockRun(runFiles(job.store, job.id).dir)
  if (release === null) return { id: job.id, status: 'busy' }
  try {
    const record = await readRecord(job.store, job.id)
    if (record?.status === 'done') return { id: job.id, status: 'done' }
    return await executor(job, { signal, onMessage: (message) => onMessage(job, message) })
  } finally {
    await release().catch(() => {})
  }
}

/** Makes all runs, in order, so many at a time. A run that fails does not keep the others from being made; an abort does. */
export const runAll = async (jobs: readonly Job[], options: RunAllOptions): Promise<RunEnd[]> => {
  const ends: RunEnd[] = []
  const queue = jobs.entries()
  const worker = async () => {
    for (const [index, job] of queue) {
      if (options.signal.aborted) return
      options.onStart(job, index)
      const end = await runOne(job, options)
      options.onEnd(job, end)
      ends.push(end)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.parallel) }, worker))
  return ends
}
