import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { publishRecord } from '../../src/run/publish.ts'
import { findRecord, readPublished } from '../../src/run/published.ts'
import { readRecord, runFiles, setAside, writeRecord } from '../../src/run/store.ts'
import { tinyRecord } from './tiny_record.ts'

const { id } = tinyRecord
const record: RunRecord = {
  ...tinyRecord,
  evaluation: {
    last: {
      epoch: 2,
      loss: 1,
      accuracy: 0.5,
      confusion_matrix: [
        [1, 0],
        [1, 0],
      ],
      predictions: 'predictions-last.csv',
      weights: 'weights-last.safetensors',
    },
  },
}

let own: string
let to: string
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'ferment-own-'))
  to = await mkdtemp(join(tmpdir(), 'ferment-published-'))
  await writeRecord(own, record)
  await writeFile(runFiles(own, id).predictions('last'), 'row,label,a,b\n3,0,0.123456,0.876544\n4,1,1e-7,0.9999999\n')
  await writeFile(runFiles(own, id).weights('last'), 'weights')
})

test('a published record has its predictions rounded and compressed, and no weights', async () => {
  await publishRecord(record, { from: own, to })
  expect(await readdir(join(to, id))).toEqual(['predictions-last.csv.gz', 'record.json'])
  const table = gunzipSync(await readFile(join(to, id, 'predictions-last.csv.gz'))).toString()
  expect(table).toBe('row,label,a,b\n3,0,0.1235,0.8765\n4,1,0,1\n')
  const { weights: _, ...last } = record.evaluation?.last ?? expect.unreachable()
  expect(await readRecord(to, id)).toEqual({ ...record, evaluation: { last: { ...last, predictions: 'predictions-last.csv.gz' } } })
})

test('published again, it is the same to the byte', async () => {
  const bytes = async () => Promise.all((await readdir(join(to, id))).map((name) => readFile(join(to, id, name))))
  await publishRecord(record, { from: own, to })
  const first = await bytes()
  await publishRecord(record, { from: own, to })
  expect(await bytes()).toEqual(first)
})

test('one’s own record comes first, a published one where there is none or a failed one', async () => {
  expect(await readPublished(to, id)).toBeNull()
  expect((await findRecord(own, id, to))?.from).toBe('own')
  await publishRecord(record, { from: own, to })
  expect((await findRecord(own, id, to))?.from).toBe('own')
  await writeRecord(own, { ...tinyRecord, status: 'failed', error: 'no memory' })
  expect((await findRecord(own, id, to))?.from).toBe('published')
  expect((await findRecord(own, id, own))?.record.status).toBe('failed')
})

test('a record that is put aside is still there, and the run is not done', async () => {
  await setAside(own, id)
  expect(await readRecord(own, id)).toBeNull()
  const names = await readdir(join(own, id))
  expect(names).toContain('record-2026-01-01T00-00-01.000Z.json')
  await setAside(own, id)
  expect(await readdir(join(own, id))).toEqual(names)
})
