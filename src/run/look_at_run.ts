import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import { STALE_MS } from '../folder_lock.ts'
import type { Job } from './job.ts'
import { type RunProgress, readProgress } from './progress_file.ts'
import { keptRecord, runFiles } from './store.ts'

/**
 * How a run of a store stands. `interrupted`: a checkpoint is there, and nobody makes the run; `begun`: not even that; `damaged`, `foreign`: its
 * record cannot be used.
 */
type RunState = 'done' | 'failed' | 'running' | 'interrupted' | 'begun' | 'damaged' | 'foreign'

export type LookedAt = {
  id: string
  state: RunState
  /** Where it belongs, as far as anything in its folder says. */
  study: Job['study'] | null
  cell: Job['cell']
  seed: number | null
  record: RunRecord | null
  progress: RunProgress | null
  /** Why its record cannot be used, or why it failed. */
  why: string | null
  /** Time of its checkpoint, ISO 8601. */
  checkpoint: string | null
  /** Of all its files. */
  bytes: number
}

/** Looks at a run without taking its lock. */
export const lookAtRun = async (store: string, id: string, now = Date.now()): Promise<LookedAt> => {
  const { dir, job, progress: progressFile } = runFiles(store, id)
  const [files, kept, progress] = await Promise.all([filesOf(dir), keptRecord(store, id), readProgress(progressFile)])
  const record = kept?.is === 'record' ? kept.record : null
  const about = record ?? progress ?? (await readJob(job))
  const checkpoint = files.get('checkpoint.safetensors')?.mtime.toISOString() ?? null
  const isLocked = (files.get('lock')?.mtimeMs ?? 0) > now - STALE_MS
  const unfinished: RunState = checkpoint === null ? 'begun' : 'interrupted'
  return {
    id,
    state: isLocked ? 'running' : kept === null ? unfinished : kept.is === 'record' ? kept.record.status : kept.is,
    study: about?.study ?? null,
    cell: about?.cell ?? {},
    seed: about?.seed ?? null,
    record,
    progress: isLocked ? progress : null,
    why: kept === null || kept.is === 'record' ? (record?.error ?? null) : kept.why,
    checkpoint,
    bytes: [...files.values()].reduce((sum, { size }) => sum + size, 0),
  }
}

/** Files of a folder with their sizes and times. */
const filesOf = async (dir: string) => {
  const names = await readdir(dir).catch(() => [])
  const stats = await Promise.all(names.map(async (name) => ({ name, stat: await stat(join(dir, name)).catch(() => null) })))
  return new Map(stats.flatMap(({ name, stat }) => (stat ? [[name, stat] as const] : [])))
}

const readJob = async (file: string): Promise<Pick<Job, 'study' | 'cell' | 'seed'> | null> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Job
  } catch {
    return null
  }
}
