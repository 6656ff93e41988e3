import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../write_whole.ts'
import { runFiles } from '../store.ts'
import type { Agreement } from './agreement.ts'

/** What this machine found when it trained the first steps of a run again. */
export type Verified = Agreement & {
  /** ISO 8601, UTC. */
  at: string
  engine: { name: string; mode: string; device: string }
  /** Of the code here; null where it is not known. */
  commit: string | null
}

/** Keeps what was found, in place of what was found before. @throws UserError `unwritable` */
export const writeVerified = (store: string, id: string, verified: Verified): Promise<void> =>
  writeWhole(fileOf(store, id), `${JSON.stringify(verified, null, 1)}\n`)

const fileOf = (store: string, id: string): string => join(runFiles(store, id).dir, 'verified.json')

/** What was found when the run was last verified in this store; null where it never was. */
export const readVerified = async (store: string, id: string): Promise<Verified | null> => {
  const text = await readFile(fileOf(store, id), 'utf8').catch(() => null)
  try {
    const value = text === null ? null : (JSON.parse(text) as Partial<Verified>)
    return typeof value?.steps === 'number' && typeof value.reproduced === 'boolean' ? (value as Verified) : null
  } catch {
    return null
  }
}
