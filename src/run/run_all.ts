import { setTimeout } from 'node:timers/promises'
import { type FolderLock, lockFolder } from '../folder_lock.ts'
import { UserError } from '../problem.ts'
import type { TakeDevice } from './devices.ts'
import type { Executor } from './executors/executor.ts'
import type { Job, RunEnd, RunMessage } from './job.ts'
import { removeRests } from './rests.ts'
import { readRecord, runFiles, setDamagedAside } from './store.ts'

export type RunAllOptions = {
  executor: Executor
  /** Runs at a time; at least 1. */
  parallel: number
  /** Where a run is made; it waits for a device that others hold. */
  takeDevice: TakeDevice
  signal: AbortSignal
  /** `index`: 0-based place of the job. */
  onStart: (job: Job, index: number) => void
  onMessage: (job: Job, message: RunMessage) => void
  /** Nothing else is left to do, and another process holds the run; or every GPU. */
  onWait: (job: Job, index: number, what: 'run' | 'gpu') => void
  onEnd: (job: Job, index: number, end: RunEnd) => void
}

/** How often a run that another process holds is looked at. */
const POLL_MS = 500

/**
 * Makes all runs, in order, so many at a time. A run that fails does not keep the others from being made; an abort does. Runs that another
 * ferment is making are left to it; at the end they are waited for, or made here where it gave them up.
 * @returns how the runs ended; none for those that an abort left
 */
export const runAll = async (jobs: readonly Job[], options: RunAllOptions): Promise<RunEnd[]> => {
  const making = { ...options, since: Date.now() }
  const queue = [...jobs.entries()]
  const held: [number, Job][] = []
  const ends: RunEnd[] = []
  const worker = async () => {
    while (!options.signal.aborted) {
      const make = queue.length > 0 ? makeOne : waitFor
      const next = queue.shift() ?? held.shift()
      if (!next) return
      const [index, job] = next
      const end = await make(job, index, making).catch((error: unknown) => asFailure(job, error))
      if (end) options.onEnd(job, index, end)
      if (end) ends.push(end)
      else held.push(next)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.parallel) }, worker))
  return ends
}

/** One run under its lock; undefined where another process holds it. */
const makeOne = async (job: Job, index: number, options: Making): Promise<RunEnd | undefined> => {
  const lock = await lockFolder(runFiles(job.store, job.id).dir)
  if (!lock) return undefined
  try {
    const made = await madeElsewhere(job, options.since)
    if (made) return made
    await setDamagedAside(job.store, job.id)
    return await makeAtPlace(job, index, lock, options)
  } finally {
    // Of this run's child or of an earlier one: unless the lock was lost, nobody writes there now.
    if (!lock.lost.aborted) await removeRests(runFiles(job.store, job.id).dir)
    await lock.release()
  }
}

/** How a run ended that another process has made since `since`, if one has. */
const madeElsewhere = async ({ id, store }: Job, since: number): Promise<RunEnd | undefined> => {
  const record = await readRecord(store, id)
  if (record?.status === 'done') return { id, status: 'done', elsewhere: true }
  if (record && Date.parse(record.provenance.finished_at) > since) return { id, status: 'failed', message: record.error ?? '' }
  return undefined
}

type Making = RunAllOptions & { since: number }

/** One run on a device, under its lock: undefined after an abort, or where another process took over the run or the device. */
const makeAtPlace = async (job: Job, index: number, lock: FolderLock, options: Making): Promise<RunEnd | undefined> => {
  const { executor, signal, takeDevice, onStart, onMessage, onWait } = options
  const device = await takeDevice({ signal: AbortSignal.any([signal, lock.lost]), onWait: () => onWait(job, index, 'gpu') })
  if (!device) return undefined
  const lost = AbortSignal.any([lock.lost, device.lost])
  try {
    onStart(job, index)
    const end = await executor(job, {
      env: device.env,
      signal: AbortSignal.any([signal, lost]),
      onMessage: (message) => onMessage(job, message),
    })
    return lost.aborted && !signal.aborted && end.status === 'interrupted' ? undefined : end
  } finally {
    await device.release()
  }
}

/** One run that another process holds, once it lets go of it; undefined after an abort. */
const waitFor = async (job: Job, index: number, options: Making): Promise<RunEnd | undefined> => {
  options.onWait(job, index, 'run')
  while (!options.signal.aborted) {
    const end = await makeOne(job, index, options)
    if (end) return end
    await setTimeout(POLL_MS, undefined, { signal: options.signal }).catch(() => {})
  }
  return undefined
}

/** A disk that is full or a folder that is not ours: the run failed, the others may not. */
const asFailure = (job: Job, error: unknown): RunEnd => {
  if (!(error instanceof UserError)) throw error
  return { id: job.id, status: 'failed', message: error.message }
}
