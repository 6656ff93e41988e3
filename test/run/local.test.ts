import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csvParse } from 'd3-dsv'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { local, localWithGrace } from '../../src/run/executors/local.ts'
import type { Job, RunMessage } from '../../src/run/job.ts'
import { type RunProgress, readProgress } from '../../src/run/progress_file.ts'
import { readRecord, runFiles } from '../../src/run/store.ts'
import { readCheckpoint } from '../../src/train/checkpoint.ts'
import { unpacked } from '../../src/train/fit_state.ts'
import { slowSteps } from './slow_steps.ts'
import { tinyJob } from './tiny_job.ts'

let store: string
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'ferment-store-'))
})

const make = async (
  job: Job,
  { executor = local, env = {}, signal = new AbortController().signal, onMessage = (_message: RunMessage) => {} } = {},
) => {
  const messages: RunMessage[] = []
  const end = await executor(job, {
    env,
    signal,
    onMessage: (message) => {
      messages.push(message)
      onMessage(message)
    },
  })
  return { end, messages, record: (await readRecord(job.store, job.id)) as RunRecord }
}

/** Sends a signal to the process that makes a job, as Linux names it. */
const tell = async (job: Job, signal: NodeJS.Signals) => {
  for (const pid of await readdir('/proc')) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(runFiles(job.store, job.id).job)) process.kill(Number(pid), signal)
  }
}

/** Makes a job and stops it at its first step; steps take so many milliseconds. */
const stopSlow = async (job: Job, ms: number, executor = local) => {
  const abort = new AbortController()
  return make(job, {
    executor,
    env: slowSteps(ms, job.store),
    signal: abort.signal,
    onMessage: ({ type }) => type === 'step' && abort.abort(),
  })
}

/** What a run must give again, whatever happens to it on the way. */
const result = ({ history, evaluation, events }: RunRecord) => ({
  history: history?.map(({ seconds: _seconds, images_per_second: _speed, ...rest }) => rest),
  evaluation,
  events,
})

describe('a run in a child process', () => {
  test('tells how it goes and leaves a record and predictions', async () => {
    const { end, messages, record } = await make(tinyJob(store))
    expect(end.status, await readFile(runFiles(store, end.id).log, 'utf8')).toBe('done')
    expect(messages.filter(({ type }) => type === 'epoch')).toHaveLength(3)
    expect(messages.at(-1)?.type).toBe('done')
    expect(record.history).toHaveLength(3)
    expect(record.data?.used).toEqual({ train: 60, validation: 21, test: 21 })
    expect(record.data?.synthetic).toBe(true)
    expect(record.data?.class_weight?.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6)
    expect(record.model?.parameters).toBe(144 * 7 + 7)
    for (const evaluation of [record.evaluation?.last, record.evaluation?.best]) {
      expect(evaluation?.confusion_matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(21)
      const rows = csvParse(await readFile(join(runFiles(store, end.id).dir, evaluation?.predictions as string), 'utf8'))
      expect(rows).toHaveLength(21)
      expect(rows.columns.slice(0, 3)).toEqual(['row', 'label', 'Angry'])
      const sum = rows.columns.slice(2).reduce((total, name) => total + Number(rows[0]?.[name]), 0)
      expect(sum).toBeCloseTo(1, 5)
    }
    expect(existsSync(runFiles(store, end.id).checkpoint)).toBe(false)
  })

  test.each([
    ['the last epoch, which is not evaluated twice', 'min', 3],
    ['an earlier one, the first here, as the loss falls', 'max', 1],
  ] as const)('tells of its best epoch: %s', async (_title, mode, epoch) => {
    const callbacks = [{ kind: 'model_checkpoint', monitor: 'loss', mode, save_best_only: true }] as const
    const { end, record } = await make(tinyJob(store, { callbacks: [...callbacks] }))
    const { last, best } = record.evaluation ?? {}
    expect([last?.epoch, best?.epoch]).toEqual([3, epoch])
    const { predictions } = runFiles(store, end.id)
    const [ofLast, ofBest] = await Promise.all([readFile(predictions('last'), 'utf8'), readFile(predictions('best'), 'utf8')])
    expect(ofBest === ofLast).toBe(epoch === 3)
    expect(best?.loss === last?.loss).toBe(epoch === 3)
    expect(best?.predictions).toBe('predictions-best.csv')
  })

  test('accounts for all of its time, the parts of a training among it', async () => {
    const { record } = await make(tinyJob(store))
    const { times, seconds } = record.provenance
    if (!times) return expect.unreachable()
    const sum = Object.values(times).reduce((total, part) => total + part, 0)
    // Rounded to milliseconds, fifteen times over; and the two clocks are read one after the other, on a machine that may be busy.
    expect(Math.abs(sum - times.process - seconds)).toBeLessThan(0.5)
    for (const part of ['process', 'data', 'engine', 'graph', 'first_step', 'steps', 'validation', 'evaluation'] as const)
      expect(times[part], part).toBeGreaterThan(0)
  })

  test('interrupted, it keeps a checkpoint; gone on with, it ends as if never stopped', async () => {
    const whole = await make(tinyJob(join(store, 'whole'), { epochs: 40 }))
    const abort = new AbortController()
    const job = tinyJob(join(store, 'cut'), { epochs: 40 })
    const first = await make(job, { signal: abort.signal, onMessage: ({ type }) => type === 'epoch' && abort.abort() })
    expect(first.end.status).toBe('interrupted')
    expect(first.record).toBeNull()
    expect(existsSync(runFiles(job.store, job.id).checkpoint)).toBe(true)
    const second = await make(job)
    expect(second.end.status).toBe('done')
    expect(second.record.provenance.resumed).toBe(1)
    expect(result(second.record)).toEqual(result(whole.record))
  })

  test.runIf(process.platform === 'linux')('killed, it leaves a record with what is known', async () => {
    const job = tinyJob(store, { epochs: 400 })
    const kill = () => tell(job, 'SIGKILL').catch(() => {})
    const { end, record } = await make(job, { onMessage: ({ type }) => void (type === 'epoch' && kill()) })
    expect(end).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/was killed by SIGKILL\. The system does so where memory runs out\. A smaller training\.batch_size/),
    })
    expect(record).toMatchObject({ status: 'failed', error: expect.stringContaining('run.log') })
    expect(record.error).not.toMatch(/^\s+at /m)
  })

  test('with slow steps, it stops after the one in progress, not at the end of the epoch', async () => {
    const job = tinyJob(store, { batch_size: 1 })
    const { end } = await stopSlow(job, 300)
    expect(end).toEqual({ id: job.id, status: 'interrupted' })
    const checkpoint = await readCheckpoint(runFiles(store, job.id).checkpoint)
    if (checkpoint === null) return expect.unreachable()
    const { epoch, sums } = unpacked(checkpoint).state
    // Of 60. The first, but for a machine so busy that it is seconds before the signal is sent.
    expect([epoch, sums.steps < 30]).toEqual([0, true])
  })

  test('that does not stop in time is killed, and claims no checkpoint but the one that there is', async () => {
    const job = tinyJob(store, { batch_size: 1 })
    const impatient = localWithGrace(500)
    expect((await stopSlow(job, 600_000, impatient)).end).toEqual({ id: job.id, status: 'interrupted', forced: { checkpoint: null } })
    await stopSlow(job, 300)
    const { mtime } = await stat(runFiles(store, job.id).checkpoint)
    const { end, record } = await stopSlow(job, 600_000, impatient)
    expect(end).toEqual({ id: job.id, status: 'interrupted', forced: { checkpoint: mtime } })
    expect(record).toBeNull()
  })

  test.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGHUP'] as const)(
    'ended by the %s of another, it says so and that it goes on',
    async (signal) => {
      const job = tinyJob(store, { epochs: 400 })
      const { end, record } = await make(job, { onMessage: ({ type }) => void (type === 'epoch' && tell(job, signal).catch(() => {})) })
      const message = expect.stringMatching(
        new RegExp(`ended by ${signal}, which ferment did not send.*\nThe same command goes on from its checkpoint.$`),
      )
      expect(end).toEqual({ id: job.id, status: 'failed', message })
      expect(record).toMatchObject({ status: 'failed', error: message })
      expect((await make(tinyJob(store, { epochs: 400 }))).record).toMatchObject({ status: 'done', provenance: { resumed: 1 } })
    },
  )

  test('failed, it leaves a record with the reason', async () => {
    const job = tinyJob(store)
    const missing = { ...job, spec: { ...job.spec, dataset: { kind: 'fer2013_csv', path: join(store, 'nowhere.csv') } as const } }
    const { end, record } = await make(missing)
    expect(end.status).toBe('failed')
    expect(record.status).toBe('failed')
    expect(record.error).toContain('nowhere.csv')
  })
})

describe('what is written down while a run is made', () => {
  test('how it stands, until it ends', async () => {
    const job = tinyJob(store)
    const { progress } = runFiles(store, job.id)
    const seen: (RunProgress | null)[] = []
    const onMessage = async ({ type }: RunMessage) => {
      if (type === 'epoch') seen.push(await readProgress(progress))
    }
    await make(job, { onMessage, env: slowSteps(50, store) })
    expect(seen.at(-1)).toMatchObject({ seed: 3, cell: job.cell, phase: expect.any(String), host: expect.any(String) })
    expect(existsSync(progress)).toBe(false)
  })

  test('its log has a line for each epoch and event, none for each step', async () => {
    const job = tinyJob(store)
    await make(job)
    const lines = (await readFile(runFiles(store, job.id).log, 'utf8')).trim().split('\n')
    const own = lines.flatMap((line) => /^\S+Z (\w+) /.exec(line)?.[1] ?? [])
    expect(own.filter((type) => type === 'epoch')).toHaveLength(3)
    expect(own.at(-1)).toBe('done')
    expect(own).not.toContain('step')
  })
})

describe('a checkpoint that cannot be used or written', () => {
  test('is no reason to end: the run goes on to the same result', async () => {
    const undisturbed = await make(tinyJob(await mkdtemp(join(tmpdir(), 'ferment-store-'))))
    const job = tinyJob(store)
    await mkdir(join(runFiles(store, job.id).checkpoint, 'in the way'), { recursive: true })
    const { end, record } = await make(job)
    expect(end.status).toBe('done')
    expect(result(record)).toEqual(result(undisturbed.record))
  })

  test('is named where the run is stopped, as that is lost then', async () => {
    const job = tinyJob(store)
    const { checkpoint } = runFiles(store, job.id)
    await mkdir(join(checkpoint, 'in the way'), { recursive: true })
    const { end } = await stopSlow(job, 300)
    expect(end).toMatchObject({ status: 'failed', message: expect.stringContaining('checkpoint.safetensors cannot be written') })
  })

  test('where it is damaged, that is said, and the run begins again', async () => {
    const job = tinyJob(store)
    const { checkpoint, dir } = runFiles(store, job.id)
    await mkdir(dir, { recursive: true })
    await writeFile(checkpoint, 'half a check')
    const { end, messages } = await make(job)
    expect(end.status).toBe('done')
    expect(messages).toContainEqual({ type: 'notice', text: `${checkpoint} is damaged: the run begins again.` })
  })

  test('a run that goes on says from where', async () => {
    const job = tinyJob(store)
    await stopSlow(job, 300)
    const { messages } = await make(job)
    expect(messages).toContainEqual({ type: 'resumed', epoch: 1, step: expect.any(Number) })
  })
})
