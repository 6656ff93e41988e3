import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import { unwritable, writeWhole } from '../write_whole.ts'
import { type CheckedRecord, checkRecord, fitsSchema } from './record_check.ts'

/** Files of one run. */
export type RunFiles = {
  dir: string
  job: string
  record: string
  checkpoint: string
  log: string
  /** How it stands, while it is being made. */
  progress: string
  predictions: (weights: 'last' | 'best') => string
  weights: (weights: 'last' | 'best') => string
}

/** Where a run keeps its files: one folder a run, named by its id. */
export const runFiles = (store: string, id: string): RunFiles => {
  const dir = join(store, id)
  return {
    dir,
    job: join(dir, 'job.json'),
    record: join(dir, 'record.json'),
    checkpoint: join(dir, 'checkpoint.safetensors'),
    log: join(dir, 'run.log'),
    progress: join(dir, 'progress.json'),
    predictions: (weights) => join(dir, `predictions-${weights}.csv`),
    weights: (weights) => join(dir, `weights-${weights}.safetensors`),
  }
}

/** The record of a run, checked, or what is wrong with the file that should be it; null where there is none. */
export const keptRecord = async (store: string, id: string): Promise<CheckedRecord | null> => {
  const text = await readFile(runFiles(store, id).record, 'utf8').catch(() => null)
  return text === null ? null : checkRecord(text, id)
}

/** The record of a run, or null where there is none that can be used: then the run is not done. */
export const readRecord = async (store: string, id: string): Promise<RunRecord | null> => {
  const kept = await keptRecord(store, id)
  return kept?.is === 'record' ? kept.record : null
}

/** Where a damaged record waits for its user to look at it, once the run is made again. */
export const damagedFile = (store: string, id: string): string => join(runFiles(store, id).dir, 'record.damaged.json')

/** Moves a damaged record aside, so that nothing is written over it. */
export const setDamagedAside = async (store: string, id: string): Promise<void> => {
  if ((await keptRecord(store, id))?.is === 'damaged') await rename(runFiles(store, id).record, damagedFile(store, id))
}

/**
 * Puts the record of a run aside, under the time it was finished: the run is to be made anew. One that was begun so before goes on from its
 * checkpoint.
 * @throws UserError `unwritable`
 */
export const setAside = async (store: string, id: string): Promise<void> => {
  const { dir, record } = runFiles(store, id)
  const before = await readRecord(store, id)
  if (before === null) return
  const time = before.provenance.finished_at.replaceAll(':', '-')
  await rename(record, join(dir, `record-${time}.json`)).catch(unwritable(dir))
}

/** Writes a record. Throws where it does not fit its schema: that is a bug, and must not reach the disk. */
export const writeRecord = async (store: string, record: RunRecord): Promise<void> => {
  if (!fitsSchema(record)) throw new Error(`record ${record.id} does not fit schema/record.schema.json`)
  await writeWhole(runFiles(store, record.id).record, `${JSON.stringify(record, null, 1)}\n`)
}
