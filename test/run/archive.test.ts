import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportRuns, importRuns } from '../../src/run/archive.ts'
import { listRuns } from '../../src/run/list_runs.ts'
import { readRecord, runFiles, writeRecord } from '../../src/run/store.ts'
import { BEGUN, DAMAGED, DONE, FAILED, INTERRUPTED, storeOfRuns } from './store_of_runs.ts'
import { tinyRecord } from './tiny_record.ts'

let store: string
let file: string
let other: string
beforeEach(async () => {
  store = await storeOfRuns()
  const dir = await mkdtemp(join(tmpdir(), 'ferment-archive-'))
  ;[file, other] = [join(dir, 'runs.tar.gz'), join(dir, 'other')]
  await exportRuns(store, await listRuns(store), file)
})

test('records and checkpoints arrive, and nothing of the machine they come from', async () => {
  expect(await importRuns(other, file)).toEqual([
    { id: DONE, did: 'imported' },
    { id: FAILED, did: 'imported' },
    { id: INTERRUPTED, did: 'imported' },
    { id: BEGUN, did: 'imported' },
    { id: DAMAGED, did: 'refused', why: 'it is not whole' },
  ])
  expect(await readRecord(other, DONE)).toEqual(await readRecord(store, DONE))
  expect(await readFile(runFiles(other, INTERRUPTED).checkpoint, 'utf8')).toBe('weights')
  expect(await readdir(runFiles(other, DONE).dir)).toEqual(['checkpoint.safetensors', 'record.json'])
  expect((await readdir(other)).sort()).toEqual([DONE, FAILED, INTERRUPTED, BEGUN].sort())
})

describe('what is further here stays', () => {
  test('a run that is done', async () => {
    await writeRecord(other, { ...tinyRecord, id: DONE, seed: 99 })
    expect(await importRuns(other, file)).toContainEqual({ id: DONE, did: 'kept' })
    expect((await readRecord(other, DONE))?.seed).toBe(99)
  })

  test('a checkpoint, but for a result', async () => {
    await importRuns(other, file)
    await writeFile(runFiles(other, FAILED).checkpoint, 'mine')
    await writeFile(runFiles(other, INTERRUPTED).checkpoint, 'mine')
    const did = Object.fromEntries((await importRuns(other, file)).map((one) => [one.id, one.did]))
    expect(did).toMatchObject({ [FAILED]: 'kept', [INTERRUPTED]: 'kept' })
    await writeRecord(store, { ...tinyRecord, id: INTERRUPTED })
    await exportRuns(store, [INTERRUPTED], file)
    expect(await importRuns(other, file)).toEqual([{ id: INTERRUPTED, did: 'imported' }])
  })
})

describe('an archive that is no archive', () => {
  test.each([
    ['a text', Buffer.from('no archive at all, but long enough to look at '.repeat(40))],
    ['half of one', null],
  ])('%s is damaged', async (_name, bytes) => {
    await writeFile(file, bytes ?? (await readFile(file)).subarray(0, 300))
    await expect(importRuns(other, file)).rejects.toMatchObject({ problems: [{ code: 'archive_damaged' }] })
    expect(await readdir(other)).toEqual([])
  })

  test('links, other names and ways out of the folder are left out', async () => {
    const evil = await mkdtemp(join(tmpdir(), 'ferment-evil-'))
    await writeRecord(evil, { ...tinyRecord, id: DONE })
    await writeFile(join(evil, DONE, 'run.sh'), 'rm -rf /')
    await symlink('/etc/passwd', join(evil, DONE, 'checkpoint.safetensors'))
    await writeFile(join(evil, 'outside'), '')
    await create({ gzip: true, file, cwd: evil, preservePaths: true }, [DONE, `${DONE}/../outside`, join(evil, 'outside')])
    await importRuns(other, file)
    expect(await readdir(other, { recursive: true })).toEqual([DONE, join(DONE, 'record.json')])
  })
})
