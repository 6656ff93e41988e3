import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { performRun } from '../../../src/run/perform_run.ts'
import { readRecord } from '../../../src/run/store.ts'
import { trainOpening } from '../../../src/run/verify/train_opening.ts'
import { readVerified, writeVerified } from '../../../src/run/verify/verified.ts'
import { tinyJob } from '../tiny_job.ts'

const signal = new AbortController().signal
const options = { signal, onMessage: () => {} }

test('the first steps of a run, in a process of their own, are those of the run', { timeout: 300_000 }, async () => {
  const store = await mkdtemp(join(tmpdir(), 'ferment-verify-'))
  const job = tinyJob(store, { epochs: 2 })
  await performRun(job, { send: () => {}, signal })
  const record = await readRecord(store, job.id)
  expect(record?.opening).toHaveLength(16)
  const opening = await trainOpening({ job, steps: 10 }, options)
  if ('failed' in opening) return expect.unreachable(opening.failed)
  expect(opening.losses).toEqual(record?.opening?.slice(0, 10))
  expect(opening.engine.name).toBe(record?.provenance.engine.name)
})

test('a run that cannot be trained says why', { timeout: 300_000 }, async () => {
  const job = tinyJob('nowhere')
  const dataset = { kind: 'fer2013_csv', path: 'no-such-file.csv' } as const
  expect(await trainOpening({ job: { ...job, spec: { ...job.spec, dataset } }, steps: 1 }, options)).toMatchObject({
    failed: expect.stringContaining('no-such-file.csv'),
  })
})

test('what was found is kept beside the run, and anything else is nothing', async () => {
  const store = await mkdtemp(join(tmpdir(), 'ferment-verify-'))
  expect(await readVerified(store, 'a')).toBeNull()
  const engine = { name: 'native', mode: 'compiled', device: 'CPU' }
  const verified = { steps: 5, largest: 1e-7, reproduced: true, apart: null, at: '2026-01-01T00:00:00.000Z', engine, commit: null }
  await writeVerified(store, 'a', verified)
  expect(await readVerified(store, 'a')).toEqual(verified)
})
