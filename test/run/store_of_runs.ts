import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import { runFiles, writeRecord } from '../../src/run/store.ts'
import { tinyRecord } from './tiny_record.ts'

const idOf = (letter: string): string => letter.repeat(16)
export const [DONE, FAILED, INTERRUPTED, BEGUN, DAMAGED] = ['a', 'b', 'c', 'd', 'e'].map(idOf) as [string, string, string, string, string]

const record = (id: string, changed: Partial<RunRecord> = {}): RunRecord => ({ ...tinyRecord, id, ...changed })

/** A store with a run of every state that needs no living process. */
export const storeOfRuns = async (): Promise<string> => {
  const store = await mkdtemp(join(tmpdir(), 'ferment-store-'))
  const write = async (id: string, name: 'job' | 'checkpoint' | 'record' | 'log', text: string) => {
    await mkdir(runFiles(store, id).dir, { recursive: true })
    await writeFile(runFiles(store, id)[name], text)
  }
  const job = JSON.stringify({ study: tinyRecord.study, cell: { model: 'A' }, seed: 7 })
  await writeRecord(store, record(DONE))
  await write(DONE, 'log', 'all went well\n')
  await write(DONE, 'checkpoint', 'needless')
  await writeFile(join(runFiles(store, DONE).dir, 'record.json.4711'), 'half')
  await writeRecord(store, record(FAILED, { status: 'failed', error: 'The loss is not finite.\nmore' }))
  await write(INTERRUPTED, 'job', job)
  await write(INTERRUPTED, 'checkpoint', 'weights')
  await write(BEGUN, 'job', job)
  await write(DAMAGED, 'record', '{"schema_version": 1')
  return store
}
