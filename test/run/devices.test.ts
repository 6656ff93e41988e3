import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import type { Gpu } from '../../src/engine/choose/gpus.ts'
import { type Device, onGpus, onProcessor } from '../../src/run/devices.ts'
import { local } from '../../src/run/executors/local.ts'
import { runAll } from '../../src/run/run_all.ts'
import { readRecord } from '../../src/run/store.ts'
import { tinyJob } from './tiny_job.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ferment-places-'))
  vi.stubEnv('FERMENT_CACHE_DIR', join(dir, 'cache'))
})
afterEach(() => vi.unstubAllEnvs())

const gpus: Gpu[] = ['0', '1'].map((id) => ({ id, name: 'NVIDIA H200', uuid: `GPU-${id}` }))
const { signal } = new AbortController()
const now = { signal, onWait: () => expect.unreachable('it must not wait') }

test('on the processor nobody waits and nothing is set', async () => {
  for (let run = 0; run < 3; run++) expect((await onProcessor(now))?.env).toEqual({})
})

describe('on GPUs', () => {
  test('each run has its own, by the order of the bus; the next waits until one is given back', async () => {
    const take = onGpus(gpus, {})
    const [first, second] = [await take(now), await take(now)] as [Device, Device]
    expect(first.env).toEqual({ CUDA_DEVICE_ORDER: 'PCI_BUS_ID', CUDA_VISIBLE_DEVICES: '0' })
    expect(second.env.CUDA_VISIBLE_DEVICES).toBe('1')
    let waits = 0
    const third = take({ signal, onWait: () => void waits++ })
    await vi.waitFor(() => expect(waits).toBe(1), { timeout: 60_000 })
    await second.release()
    expect((await third)?.env.CUDA_VISIBLE_DEVICES).toBe('1')
    expect(waits).toBe(1)
  })

  test('a card is the same under whatever number another ferment knows it', async () => {
    await onGpus(gpus, {})(now)
    const [, card] = gpus as [Gpu, Gpu]
    const renumbered = [
      { ...card, id: '0' },
      { ...(gpus[0] as Gpu), id: '1' },
    ]
    expect((await onGpus(renumbered, {})(now))?.env.CUDA_VISIBLE_DEVICES).toBe('0')
  })

  test("a user's own numbers are not read in another order", async () => {
    expect((await onGpus(gpus.slice(1), { CUDA_VISIBLE_DEVICES: '1' })(now))?.env).toEqual({ CUDA_VISIBLE_DEVICES: '1' })
  })

  test('an abort ends the waiting', async () => {
    const abort = new AbortController()
    const take = onGpus(gpus.slice(0, 1), {})
    await take(now)
    expect(await take({ signal: abort.signal, onWait: () => abort.abort() })).toBeNull()
  })
})

test('runs in child processes: one a GPU at a time, each with a GPU of its own', async () => {
  const running = new Set<string>()
  const given = new Map<string, string>()
  const jobs = ['a', 'b', 'c'].map((letter) => ({ ...tinyJob(join(dir, 'runs'), { epochs: 1 }), id: letter.repeat(16) }))
  const ends = await runAll(jobs, {
    executor: async (job, handle) => {
      const { CUDA_VISIBLE_DEVICES: gpu = '' } = handle.env
      expect(running).not.toContain(gpu)
      running.add(gpu)
      given.set(job.id, gpu)
      const end = await local(job, handle)
      running.delete(gpu)
      return end
    },
    parallel: 3,
    takeDevice: onGpus(gpus, {}),
    signal,
    onStart: () => {},
    onMessage: () => {},
    onWait: () => {},
    onEnd: () => {},
  })
  expect(ends.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  const records = (await Promise.all(jobs.map(({ id, store }) => readRecord(store, id)))) as RunRecord[]
  for (const { id, provenance } of records) expect(provenance.cuda_visible_devices).toBe(given.get(id))
  // The first two started together; which of them takes which GPU is not settled.
  expect([...given.values()].slice(0, 2).sort()).toEqual(['0', '1'])
  expect(await readdir(join(dir, 'cache', 'gpu'))).toHaveLength(2)
})
