import { MultiBar, type SingleBar } from 'cli-progress'
import type { Job, RunEnd, RunMessage } from '../run/job.ts'

/** Shows the progress of runs on a stream. */
export type Progress = {
  onStart: (job: Job, index: number) => void
  onMessage: (job: Job, message: RunMessage) => void
  onEnd: (job: Job, end: RunEnd) => void
  stop: () => void
}

type ProgressOptions = { stream: NodeJS.WriteStream; total: number }

/** `My CNN · No · 32 · seed 0`: a run by its place in the matrix. */
export const runLabel = ({ cell, seed }: Pick<Job, 'cell' | 'seed'>): string => [...Object.values(cell), `seed ${seed}`].join(' · ')

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)
const number = (value: number | null): string => (value === null ? 'NaN' : value.toPrecision(4))

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export const duration = (seconds: number): string => {
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`
  return `${(s / 86400).toFixed(1)} days`
}

const epochLine = (message: Extract<RunMessage, { type: 'epoch' }>): string => {
  const { epoch, epochs, loss, accuracy, valLoss, valAccuracy, imagesPerSecond, seconds } = message
  const width = String(epochs).length
  return `epoch ${String(epoch).padStart(width)}/${epochs}  loss ${number(loss)}  accuracy ${percent(accuracy)}  val_loss ${number(valLoss)}  val_accuracy ${percent(valAccuracy)}  ${Math.round(imagesPerSecond)} images/s  ${duration(seconds)}`
}

/** What a run's end reads like; null where the lines before say it all. */
const endLine = (end: RunEnd): string | null => {
  switch (end.status) {
    case 'done':
      return null
    case 'busy':
      return 'left out: another ferment is making this run'
    case 'interrupted':
      return 'interrupted; it goes on from its checkpoint next time'
    case 'failed':
      return `failed: ${end.message}`
  }
}

const doneLine = ({ testAccuracy, bestTestAccuracy, seconds }: Extract<RunMessage, { type: 'done' }>): string =>
  `done in ${duration(seconds)}: test accuracy ${percent(testAccuracy)}${bestTestAccuracy === null ? '' : ` (best weights ${percent(bestTestAccuracy)})`}`

/** A line per epoch and per end: for logs, pipes and CI. */
const lines = ({ stream, total }: ProgressOptions): Progress => {
  const places = new Map<string, string>()
  const print = (job: Job, text: string) => stream.write(`${places.get(job.id)} ${runLabel(job)}: ${text}\n`)
  return {
    onStart: (job, index) => {
      places.set(job.id, `[${index + 1}/${total}]`)
      print(job, 'starts')
    },
    onMessage: (job, message) => {
      if (message.type === 'epoch') print(job, epochLine(message))
      if (message.type === 'event') print(job, `${message.callback}: ${message.message}`)
      if (message.type === 'done') print(job, doneLine(message))
    },
    onEnd: (job, end) => {
      const line = endLine(end)
      if (line !== null) print(job, line)
    },
    stop: () => {},
  }
}

/** A bar per run in progress; ends and callbacks stay as lines above it. */
const bars = ({ stream, total }: ProgressOptions): Progress => {
  const multi = new MultiBar({
    stream,
    format: '{place} {label} {bar} {state}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    gracefulExit: false,
  })
  const running = new Map<string, { bar: SingleBar; place: string }>()
  const keep = (job: Job, text: string) => multi.log(`${running.get(job.id)?.place ?? ''} ${runLabel(job)}: ${text}\n`)
  return {
    onStart: (job, index) => {
      const place = `[${index + 1}/${total}]`
      running.set(job.id, { place, bar: multi.create(1, 0, { place, label: runLabel(job), state: 'starting' }) })
    },
    onMessage: (job, message) => {
      const bar = running.get(job.id)?.bar
      if (message.type === 'phase') bar?.update({ state: message.phase })
      if (message.type === 'step') {
        const { epoch, epochs, step, steps, loss, accuracy, imagesPerSecond, secondsLeft } = message
        bar?.setTotal(epochs * steps)
        bar?.update((epoch - 1) * steps + step, {
          state: `epoch ${epoch}/${epochs}  loss ${number(loss)}  accuracy ${percent(accuracy)}  ${Math.round(imagesPerSecond)} images/s  ${duration(secondsLeft)} left`,
        })
      }
      if (message.type === 'event') keep(job, `epoch ${message.epoch}: ${message.callback}: ${message.message}`)
      if (message.type === 'done') keep(job, doneLine(message))
    },
    onEnd: (job, end) => {
      const line = endLine(end)
      if (line !== null) keep(job, line)
      const bar = running.get(job.id)?.bar
      if (bar) multi.remove(bar)
      running.delete(job.id)
    },
    stop: () => multi.stop(),
  }
}

/** Bars on a terminal, plain lines elsewhere. */
export const showProgress = (options: ProgressOptions): Progress => (options.stream.isTTY ? bars(options) : lines(options))
