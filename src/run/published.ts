import { join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import { readRecord } from './store.ts'

/** Where published records lie, laid out as a store, from the working directory: they are committed, and counted as done. */
export const PUBLISHED = join('reports', 'records')

export type FoundRecord = { record: RunRecord; from: 'own' | 'published' }

/** A published record, where there is one. */
export const readPublished = async (dir: string, id: string): Promise<FoundRecord | null> => {
  const record = await readRecord(dir, id)
  return record?.status === 'done' ? { record, from: 'published' } : null
}

/** The record of a run: of one's own where it is done, else the published one, else what there is of one's own. */
export const findRecord = async (store: string, id: string, published: string = PUBLISHED): Promise<FoundRecord | null> => {
  const own = await readRecord(store, id)
  if (own?.status === 'done') return { record: own, from: 'own' }
  return (await readPublished(published, id)) ?? (own && { record: own, from: 'own' })
}
