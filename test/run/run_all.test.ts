import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Executor } from '../../src/run/executors/table.ts'
import type { Job, RunEnd } from '../../src/run/job.ts'
import { lockRun } from '../../src/run/lock.ts'
import { runAll } from '../../src/run/run_all.ts'
import { readRecord, runFiles, writeRecord } from '../../src/run/store.ts'
import { tinyRecord } from './tiny_record.ts'

let store: string
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'ferment-store-'))
})

const jobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index).padStart(16, '0'), store }) as unknown as Job)

const quiet = { parallel: 1, signal: new AbortController().signal, onStart: () => {}, onMessage: () => {}, onEnd: () => {} }

describe('runAll', () => {
  test('makes every run, in order, though one fails', async () => {
    const made: string[] = []
    const executor: Executor = async ({ id }) => {
      made.push(id)
      return made.length === 2 ? { id, status: 'failed', message: 'no luck' } : { id, status: 'done' }
    }
    const ends = await runAll(jobs(3), { ...quiet, executor })
    expect(made).toEqual(jobs(3).map(({ id }) => id))
    expect(ends.map(({ status }) => status)).toEqual(['done', 'failed', 'done'])
  })

  test('makes so many at a time', async () => {
    let running = 0
    let most = 0
    const executor: Executor = async ({ id }) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running--
      return { id, status: 'done' }
    }
    await runAll(jobs(6), { ...quiet, parallel: 3, executor })
    expect(most).toBe(3)
  })

  test('starts nothing more after an abort', async () => {
    const abort = new AbortController()
    const executor: Executor = async ({ id }) => {
      abort.abort()
      return { id, status: 'interrupted' }
    }
    const ends = await runAll(jobs(3), { ...quiet, signal: abort.signal, executor })
    expect(ends).toHaveLength(1)
  })

  test('does not make a run again that another process has finished', async () => {
    await writeRecord(store, { ...tinyRecord, id: '0000000000000000' })
    const ends = await runAll(jobs(1), { ...quiet, executor: async () => expect.unreachable() })
    expect(ends).toEqual([{ id: '0000000000000000', status: 'done' }])
  })

  test('leaves out a run that a living process holds', async () => {
    const [job] = jobs(1) as [Job]
    const release = await lockRun(runFiles(store, job.id).dir)
    const ends: RunEnd[] = await runAll([job], { ...quiet, executor: async () => expect.unreachable() })
    expect(ends).toEqual([{ id: job.id, status: 'busy' }])
    await release?.()
  })
})

describe('readRecord', () => {
  test.each([
    ['nothing', null],
    ['half a record', JSON.stringify(tinyRecord).slice(0, 200)],
    ['another form', '{"schema_version": 2}'],
  ])('takes %s for no record', async (_name, text) => {
    const files = runFiles(store, tinyRecord.id)
    if (text !== null) {
      await writeRecord(store, tinyRecord)
      await writeFile(files.record, text)
    }
    expect(await readRecord(store, tinyRecord.id)).toBeNull()
  })

  test('gives back what was written', async () => {
    await writeRecord(store, tinyRecord)
    expect(await readRecord(store, tinyRecord.id)).toEqual(tinyRecord)
  })

  test('a record that does not fit its schema never reaches the disk', async () => {
    await expect(writeRecord(store, { ...tinyRecord, id: 'not a hash' })).rejects.toThrow('does not fit')
    expect(await readRecord(store, 'not a hash')).toBeNull()
  })
})
