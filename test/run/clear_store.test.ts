import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../../src/folder_lock.ts'
import { clearStore, removeRun } from '../../src/run/clear_store.ts'
import { listRuns } from '../../src/run/list_runs.ts'
import { lookAtRun } from '../../src/run/look_at_run.ts'
import { runFiles } from '../../src/run/store.ts'
import { BEGUN, DAMAGED, DONE, FAILED, INTERRUPTED, storeOfRuns } from './store_of_runs.ts'

let store: string
beforeEach(async () => {
  store = await storeOfRuns()
})

test('how runs stand, by the files of their folders', async () => {
  const looks = await Promise.all((await listRuns(store)).map((id) => lookAtRun(store, id)))
  expect(looks.map(({ state, why, seed }) => [state, why, seed])).toEqual([
    ['done', null, 0],
    ['failed', 'The loss is not finite.\nmore', 0],
    ['interrupted', null, 7],
    ['begun', null, 7],
    ['damaged', 'it is not whole', null],
  ])
})

test('one that holds its lock runs; its files are left alone, and it cannot be removed', async () => {
  const lock = await lockFolder(runFiles(store, INTERRUPTED).dir)
  expect((await lookAtRun(store, INTERRUPTED)).state).toBe('running')
  await expect(removeRun(store, INTERRUPTED)).rejects.toMatchObject({ problems: [{ code: 'run_at_work' }], exitStatus: 2 })
  await clearStore(store, { dry: false })
  expect(existsSync(runFiles(store, INTERRUPTED).checkpoint)).toBe(true)
  await lock?.release()
  await removeRun(store, INTERRUPTED)
  expect(existsSync(runFiles(store, INTERRUPTED).dir)).toBe(false)
})

test('what nobody needs is removed: rests, checkpoints of what is done, folders without anything', async () => {
  const names = async () => (await clearStore(store, { dry: true })).map(({ path }) => basename(path))
  const needless = ['record.json.4711', 'checkpoint.safetensors', BEGUN]
  expect(await names()).toEqual(needless)
  expect((await clearStore(store, { dry: false })).map(({ path }) => basename(path))).toEqual(needless)
  expect(await names()).toEqual([])
  expect(await listRuns(store)).toEqual([DONE, FAILED, INTERRUPTED, DAMAGED])
  expect(await readdir(runFiles(store, DONE).dir)).toEqual(['record.json', 'run.log'])
})
