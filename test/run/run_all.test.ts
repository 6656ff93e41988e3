import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type FolderLock, lockFolder } from '../../src/folder_lock.ts'
import { onProcessor } from '../../src/run/devices.ts'
import type { Executor } from '../../src/run/executors/executor.ts'
import type { Job } from '../../src/run/job.ts'
import { runAll } from '../../src/run/run_all.ts'
import { damagedFile, readRecord, runFiles, setDamagedAside, writeRecord } from '../../src/run/store.ts'
import { tinyRecord } from './tiny_record.ts'

let store: string
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'ferment-store-'))
})

const jobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index).padStart(16, '0'), store }) as unknown as Job)

/** Nothing is told. */
const quiet = {
  parallel: 1,
  takeDevice: onProcessor,
  signal: new AbortController().signal,
  onStart: () => {},
  onMessage: () => {},
  onWait: () => {},
  onEnd: () => {},
}

const done: Executor = async ({ id }) => ({ id, status: 'done' })
const lockOf = async ({ id }: Job) => (await lockFolder(runFiles(store, id).dir)) as FolderLock

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
    const full = [new AbortController(), new AbortController()]
    const executor: Executor = async ({ id }) => {
      most = Math.max(most, ++running)
      const turn = full[Math.floor(Number(id) / 3)] as AbortController
      // Had there been room for a fourth, it would have come by then.
      if (running === 3) setTimeout(() => turn.abort(), 50)
      if (!turn.signal.aborted) await once(turn.signal, 'abort')
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

  test('a folder that cannot be made fails its run, not the others', async () => {
    const [first, second] = jobs(2) as [Job, Job]
    await writeFile(join(store, first.id), 'a file')
    const ends = await runAll([first, second], { ...quiet, executor: done })
    expect(ends).toMatchObject([
      { status: 'failed', message: expect.stringContaining(`${first.id} cannot be written`) },
      { status: 'done' },
    ])
  })
})

describe('runs that another process', () => {
  test('has finished since are not made again', async () => {
    await writeRecord(store, { ...tinyRecord, id: '0000000000000000' })
    const ends = await runAll(jobs(1), { ...quiet, executor: async () => expect.unreachable() })
    expect(ends).toEqual([{ id: '0000000000000000', status: 'done', elsewhere: true }])
  })

  test('has failed to make before are made again, those that failed there since are not', async () => {
    const [before, since] = jobs(2) as [Job, Job]
    const failed = (id: string, at: number) => ({
      ...tinyRecord,
      id,
      status: 'failed' as const,
      error: 'no luck',
      provenance: { ...tinyRecord.provenance, finished_at: new Date(at).toISOString() },
    })
    await writeRecord(store, failed(before.id, Date.now() - 60_000))
    await writeRecord(store, failed(since.id, Date.now() + 60_000))
    const ends = await runAll([before, since], { ...quiet, executor: done })
    expect(ends).toEqual([
      { id: before.id, status: 'done' },
      { id: since.id, status: 'failed', message: 'no luck' },
    ])
  })

  test('is making are waited for at the end, and made here where it gave them up', async () => {
    const all = jobs(3)
    const [held, gone] = all as [Job, Job, Job]
    const locks = [await lockOf(held), await lockOf(gone)]
    const events: string[] = []
    const tell = (what: string) => (_job: Job, index: number) => void events.push(`${what} ${index}`)
    const ends = await runAll(all, {
      ...quiet,
      executor: done,
      onStart: tell('start'),
      onEnd: tell('end'),
      onWait: async (job, index) => {
        events.push(`wait ${index}`)
        if (job.id === held.id) await writeRecord(store, { ...tinyRecord, id: held.id })
        await locks[index]?.release()
      },
    })
    expect(events).toEqual(['start 2', 'end 2', 'wait 0', 'end 0', 'wait 1', 'start 1', 'end 1'])
    expect(ends.map((end) => 'elsewhere' in end)).toEqual([false, true, false])
  })

  test('is making are not waited for after an abort', async () => {
    const [job] = jobs(1) as [Job]
    const lock = await lockOf(job)
    const abort = new AbortController()
    const waiting = runAll([job], {
      ...quiet,
      signal: abort.signal,
      onWait: () => abort.abort(),
      executor: async () => expect.unreachable(),
    })
    expect(await waiting).toEqual([])
    await lock.release()
  })

  test('took over, as this one stood still, are left to it', async () => {
    const [job] = jobs(1) as [Job]
    let starts = 0
    const executor: Executor = async ({ id }, { signal }) => {
      if (++starts > 1) return { id, status: 'done' }
      // As if the lock had gone stale and another process had taken it, then given it back.
      await rm(join(runFiles(store, id).dir, 'lock'), { recursive: true })
      await once(signal, 'abort')
      return { id, status: 'interrupted' }
    }
    let waits = 0
    const ends = await runAll([job], { ...quiet, executor, onWait: () => void waits++ })
    expect(ends).toEqual([{ id: job.id, status: 'done' }])
    expect([starts, waits]).toEqual([2, 1])
  })
})

test('a damaged record is moved aside before its run is made again, one of another version is not', async () => {
  const [job] = jobs(1) as [Job]
  const files = runFiles(store, job.id)
  await mkdir(files.dir, { recursive: true })
  await writeFile(files.record, '{"schema_version": 1')
  await runAll([job], { ...quiet, executor: done })
  expect(await readFile(damagedFile(store, job.id), 'utf8')).toBe('{"schema_version": 1')
  await writeFile(files.record, '{"schema_version": 9}')
  await setDamagedAside(store, job.id)
  expect(await readFile(files.record, 'utf8')).toBe('{"schema_version": 9}')
})

test('what a killed process has left in the folder of a run goes with the next try; its own files stay', async () => {
  const [job] = jobs(1) as [Job]
  const { dir } = runFiles(store, job.id)
  await mkdir(dir, { recursive: true })
  const rests = ['record.json.3421187', 'checkpoint.safetensors.99.tmp', 'progress.json', 'progress.json.12.tmp', 'predictions-last.csv.7']
  const kept = ['checkpoint.safetensors', 'notes.2', 'predictions-last.csv', 'record-2026.json', 'run.log']
  for (const name of [...rests, ...kept]) await writeFile(join(dir, name), '')
  await runAll([job], { ...quiet, executor: done })
  expect(await readdir(dir)).toEqual(kept)
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
