import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunRecord } from '../../../schema/record.ts'
import { onProcessor } from '../../../src/run/devices.ts'
import { local } from '../../../src/run/executors/local.ts'
import { slurm } from '../../../src/run/executors/slurm.ts'
import type { Job, RunMessage } from '../../../src/run/job.ts'
import { runAll } from '../../../src/run/run_all.ts'
import { readRecord, runFiles } from '../../../src/run/store.ts'
import { tinyJob } from '../tiny_job.ts'

const SCRIPT = join(import.meta.dirname, '../slurm/one-node-slurm.sh')

const isInstalled = (() => {
  try {
    execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin; command -v slurmctld && command -v slurmd && command -v munged && command -v sbatch'])
    return true
  } catch {
    return false
  }
})()

/** Runs of some ten seconds each. */
const jobsIn = (store: string): Job[] =>
  [0, 1, 2].map((seed) => ({ ...tinyJob(store, { epochs: 500 }), id: String(seed).repeat(16), seed }))

const result = (record: RunRecord | null) => ({
  history: record?.history?.map(({ seconds: _seconds, images_per_second: _speed, ...rest }) => rest),
  evaluation: record?.evaluation,
  opening: record?.opening,
})
const resultsIn = (store: string) => Promise.all(jobsIn(store).map(async ({ id }) => result(await readRecord(store, id))))

describe.skipIf(!isInstalled)("a real Slurm of three nodes on this machine (Debian's slurm-wlm and munge)", () => {
  let [prefix, conf, store] = ['', '', '']
  const script = (...args: string[]) => execa('bash', [SCRIPT, ...args, prefix], { env: { ONS_NODES: '3', ONS_NO_INSTALL: '1' } })
  beforeAll(async () => {
    prefix = join(await mkdtemp('/tmp/fs-'), 'p')
    await script('start')
    conf = join(prefix, 'etc/slurm.conf')
  }, 120_000)
  afterAll(async () => {
    await script('stop')
    await rm(join(prefix, '..'), { recursive: true, force: true })
  }, 60_000)
  beforeEach(async () => {
    vi.stubEnv('SLURM_CONF', conf)
    store = await mkdtemp(join(tmpdir(), 'ferment-store-'))
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  const make = async (
    options: { executor?: typeof local; signal?: AbortSignal; onMessage?: (message: RunMessage) => void; jobs?: Job[] } = {},
  ) => {
    const {
      executor = slurm({ cpus_per_task: 1 }),
      signal = new AbortController().signal,
      onMessage = () => {},
      jobs = jobsIn(store),
    } = options
    const nothing = () => {}
    const handles = { onStart: nothing, onWait: nothing, onEnd: nothing, onMessage: (_job: Job, message: RunMessage) => onMessage(message) }
    return runAll(jobs, { executor, parallel: jobs.length, takeDevice: onProcessor, signal, ...handles })
  }

  test('with a node that dies in the middle, the records are those of a local run', async () => {
    const here = await mkdtemp(join(tmpdir(), 'ferment-store-'))
    await make({ executor: local, jobs: jobsIn(here) })
    let isKilled = false
    const ends = await make({
      onMessage: ({ type }) => {
        if (type !== 'step' || isKilled) return
        isKilled = true
        void script('crash-node', 'n1').then(() => script('start-node', 'n1'))
      },
    })
    expect(isKilled).toBe(true)
    expect(ends.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(await resultsIn(store)).toEqual(await resultsIn(here))
    // Some task was begun twice: on the node that died, and on another.
    const starts = await Promise.all(
      jobsIn(store).map(async (job) => (await readFile(runFiles(store, job.id).log, 'utf8')).split('phase="reading data"').length - 1),
    )
    expect(Math.max(...starts)).toBeGreaterThan(1)
    expect((await readdir(store, { recursive: true })).filter((name) => /exit\.json|progress\.json|\.tmp$|\block$/.test(name))).toEqual([])
  }, 300_000)

  test('stopped, the tasks keep their checkpoints, and the next call goes on from them', async () => {
    const abort = new AbortController()
    const ends = await make({
      signal: abort.signal,
      jobs: jobsIn(store).slice(0, 1),
      onMessage: ({ type }) => type === 'step' && abort.abort(),
    })
    expect(ends).toMatchObject([{ status: 'interrupted' }])
    const [id] = jobsIn(store).map((job) => job.id)
    expect(await readdir(join(store, id as string))).toContain('checkpoint.safetensors')
    expect(execFileSync('squeue', ['-h'], { encoding: 'utf8', env: { ...process.env, SLURM_CONF: conf } })).toBe('')
    expect(await make({ jobs: jobsIn(store).slice(0, 1) })).toMatchObject([{ status: 'done' }])
    expect((await readRecord(store, id as string))?.provenance.resumed).toBe(1)
  }, 200_000)

  test('what Slurm refuses is said with its words', async () => {
    const ends = await make({ executor: slurm({ partition: 'none-such' }) })
    expect(ends).toHaveLength(3)
    expect(ends[0]).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^Slurm did not take the runs: .*invalid partition/i),
    })
  })
})
