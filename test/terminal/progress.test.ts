import { describe, expect, test, vi } from 'vitest'
import type { Job, RunMessage } from '../../src/run/job.ts'
import { showProgress } from '../../src/terminal/progress.ts'
import type { Progress } from '../../src/terminal/progress_display.ts'
import { tinyJob } from '../run/tiny_job.ts'
import { pipe, terminal } from './terminal.ts'

const jobOf = (id: string, cell: Record<string, string>): Job => ({ ...tinyJob('store'), id, cell, seed: 0 })
const first = jobOf('a', { model: 'My CNN', augmentation: 'Yes', batch_size: '32' })
const second = jobOf('b', { model: '大きなモデル, a network with a rather long name indeed', augmentation: 'No', batch_size: '4' })

const step = (changed: Partial<Extract<RunMessage, { type: 'step' }>> = {}): RunMessage => ({
  type: 'step',
  epoch: 3,
  epochs: 20,
  step: 448,
  steps: 898,
  loss: 1.71234,
  accuracy: 0.379,
  imagesPerSecond: 56.4,
  secondsLeft: 4800,
  ...changed,
})
const epoch: RunMessage = {
  type: 'epoch',
  epoch: 3,
  epochs: 20,
  loss: 1.71234,
  accuracy: 0.379,
  valLoss: null,
  valAccuracy: 0.1,
  learningRate: 1e-5,
  seconds: 75,
  imagesPerSecond: 56.4,
}
const event: RunMessage = { type: 'event', epoch: 3, callback: 'early_stopping', message: 'val_loss was best in epoch 1' }
const done: RunMessage = { type: 'done', testAccuracy: 0.5575, bestTestAccuracy: 0.56, seconds: 61 }

/** Two runs, from their start to their end. */
const twoRuns = ({ onStart, onMessage, onWait, onEnd }: Progress) => {
  onStart(first, 0)
  onMessage(first, { type: 'phase', phase: 'reading data' })
  onMessage(first, step())
  onMessage(first, epoch)
  onMessage(first, event)
  onMessage(first, done)
  onEnd(first, 0, { id: 'a', status: 'done' })
  onWait(second, 1, 'run')
  onStart(second, 1)
  onEnd(second, 1, { id: 'b', status: 'failed', message: 'The disk is full.\nMake room.' })
}

describe('lines', () => {
  test('one for each epoch, callback and end', async () => {
    const { stream, text } = pipe()
    const progress = await showProgress({ stream, total: 2 })
    twoRuns(progress)
    progress.onEnd(first, 0, { id: 'a', status: 'interrupted' })
    progress.onEnd(first, 0, { id: 'a', status: 'interrupted', forced: { checkpoint: null } })
    progress.onEnd(first, 0, { id: 'a', status: 'interrupted', forced: { checkpoint: new Date(2026, 10, 25, 22, 5, 7) } })
    progress.onEnd(first, 0, { id: 'a', status: 'done', elsewhere: true })
    progress.say('That is all.')
    progress.stop()
    const one = '[1/2] My CNN · Yes · 32 · seed 0:'
    const two = '[2/2] 大きなモデル, a network with a rather long name indeed · No · 4 · seed 0:'
    expect(text().split('\n')).toEqual([
      `${one} starts`,
      `${one} epoch  3/20  loss 1.712  accuracy 37.9 %  val_loss NaN  val_accuracy 10.0 %  56 images/s  1 min 15 s`,
      `${one} epoch 3: early_stopping: val_loss was best in epoch 1`,
      `${one} done in 1 min 01 s: test accuracy 55.8 % (best 56.0 %)`,
      `${two} waits for another ferment that is making this run (one that was killed lets go of it within 10 s)`,
      `${two} starts`,
      `${two} failed: The disk is full.`,
      '  Make room.',
      `${one} interrupted; it goes on from here next time`,
      `${one} interrupted; it did not stop in time and was killed, without a checkpoint: it begins anew next time`,
      `${one} interrupted; it did not stop in time and was killed: it goes on from its checkpoint of 22:05:07 next time`,
      `${one} another ferment has made it`,
      'That is all.',
      '',
    ])
  })
})

describe.each([80, 120])('bars in %d columns', (columns) => {
  test('two lines a run, in the order of the plan, none of them wrapped', async () => {
    const { stream, lines } = terminal({ columns })
    const { onStart, onMessage } = await showProgress({ stream, total: 12 })
    onStart(second, 11)
    onStart(first, 0)
    onMessage(first, step())
    onMessage(second, step({ epoch: 20, step: 898, loss: 0.012345, accuracy: 1, imagesPerSecond: 12_345.6, secondsLeft: 172_000 }))
    const shown = await lines()
    expect(shown.some(({ wrapped }) => wrapped)).toBe(false)
    const [titleA, numbersA, titleB, numbersB] = shown.map(({ text }) => text)
    expect(titleA).toMatch(/^\[1\/12\] My CNN · Yes · 32 · seed 0 {2}█+░+ {2}epoch {2}3\/20$/)
    expect(numbersA).toBe('      loss 1.712  accuracy 37.9 %  56 images/s  1 h 20 min left')
    expect(titleB).toMatch(/^\[12\/12\] 大.+…?.* · 4 · seed 0 {2}█+ {2}epoch 20\/20$/)
    expect(numbersB).toBe('      loss 0.01235  accuracy 100.0 %  12346 images/s  47 h 47 min left')
    expect(shown).toHaveLength(4)
  })

  test('what ends stays above, whole; nothing is left of the bars', async () => {
    const { stream, lines } = terminal({ columns })
    const progress = await showProgress({ stream, total: 2 })
    twoRuns(progress)
    progress.say(`Skipped: ${'the weights of VGG16 are not there '.repeat(4)}`)
    progress.stop()
    const shown = (await lines()).map(({ text }) => text)
    expect(shown.join('\n')).not.toMatch(/[█░]|images\/s/)
    expect(shown.some((text) => text.startsWith('[1/2] My CNN · Yes · 32 · seed 0: done in 1 min 01 s'))).toBe(true)
    // Broken between words only.
    const words = shown.join(' ').split(/\s+/).join(' ')
    expect(words).toContain('epoch 3: early_stopping: val_loss was best in epoch 1')
    expect(words).toContain('seed 0: failed: The disk is full. Make room.')
    expect(words).toContain('the weights of VGG16 are not there the weights of VGG16')
  })

  test('nothing is written where nothing has changed', async () => {
    const { stream, writes } = terminal({ columns })
    const { onStart, onMessage } = await showProgress({ stream, total: 1 })
    onStart(first, 0)
    onMessage(first, step())
    const before = writes()
    onMessage(first, step({ loss: 1.71236 }))
    expect(writes()).toBe(before)
  })
})

test('a terminal too narrow for anything still shows a bar', async () => {
  const { stream, lines } = terminal({ columns: 30 })
  const { onStart, onMessage } = await showProgress({ stream, total: 1 })
  onStart(second, 0)
  onMessage(second, step())
  const shown = await lines()
  expect(shown.map(({ wrapped }) => wrapped)).toEqual([false, false])
  expect(shown[0]?.text).toMatch(/█/)
})

describe('as it is asked for', () => {
  const job = { id: 'a'.repeat(16), cell: { model: 'A' }, seed: 3 } as unknown as Job
  const failed = { id: job.id, status: 'failed', message: 'no luck' } as const

  test('--quiet: failures and nothing else', async () => {
    const written: string[] = []
    const stream = { isTTY: true, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream
    const { onStart, onMessage, onEnd } = await showProgress({ stream, total: 1, quiet: true })
    onStart(job, 0)
    onMessage(job, { type: 'event', epoch: 1, callback: 'early_stopping', message: 'stops' })
    onEnd(job, 0, { id: job.id, status: 'done' })
    expect(written).toEqual([])
    onEnd(job, 0, failed)
    expect(written).toEqual(['[1/1] A · seed 3: failed: no luck\n'])
  })

  test('--format ndjson: every message is a line of JSON', async () => {
    const lines: unknown[] = []
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(JSON.parse(String(text))) > 0)
    const { onStart, onMessage, onEnd } = await showProgress({ stream: process.stderr, total: 1, format: 'ndjson' })
    onStart(job, 0)
    onMessage(job, { type: 'resumed', epoch: 2, step: 5 })
    onEnd(job, 0, failed)
    write.mockRestore()
    const run = { run: job.id, cell: job.cell, seed: 3 }
    expect(lines).toEqual([
      { ...run, type: 'start' },
      { ...run, type: 'resumed', epoch: 2, step: 5 },
      { ...run, type: 'end', status: 'failed', message: 'no luck' },
    ])
  })
})
