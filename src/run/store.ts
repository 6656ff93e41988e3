import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import recordSchema from '../../schema/record.schema.json' with { type: 'json' }
import type { RunRecord } from '../../schema/record.ts'
import { unwritable, writeWhole } from './write_whole.ts'

/** Files of one run. */
export type RunFiles = {
  dir: string
  job: string
  record: string
  checkpoint: string
  log: string
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
    predictions: (weights) => join(dir, `predictions-${weights}.csv`),
    weights: (weights) => join(dir, `weights-${weights}.safetensors`),
  }
}

let compiled: ((value: unknown) => boolean) | undefined
const fitsSchema = (value: unknown): boolean => {
  compiled ??= new Ajv2020({ strict: false }).compile(recordSchema)
  return compiled(value)
}

/** The record of a run, or null where there is none that fits the schema: a run without a whole record is not done. */
export const readRecord = async (store: string, id: string): Promise<RunRecord | null> => {
  const text = await readFile(runFiles(store, id).record, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return fitsSchema(value) ? (value as RunRecord) : null
  } catch {
    return null
  }
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
