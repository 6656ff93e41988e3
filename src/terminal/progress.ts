import type { Job } from '../run/job.ts'
import type { Progress, ProgressOptions } from './progress_display.ts'
import { doneText, endText, epochText, eventText, resumedText, runLabel, waitText } from './progress_text.ts'

/** Bars on a terminal, plain lines elsewhere; or as it is asked for. */
export const showProgress = async (options: ProgressOptions): Promise<Progress> => {
  if (options.format === 'ndjson') return ndjson(options)
  if (options.quiet) return failures(options)
  if (!options.stream.isTTY) return lines(options)
  const { bars } = await import('./progress_bars.ts')
  return bars(options)
}

/** For programs: a message of a run, with its id, its place in the matrix and its seed. */
const ndjson = ({ stream }: ProgressOptions): Progress => {
  const write = ({ id, cell, seed }: Job, message: object) =>
    process.stdout.write(`${JSON.stringify({ run: id, cell, seed, ...message })}\n`)
  return {
    say: (text) => stream.write(`${text}\n`),
    stop: () => {},
    onStart: (job) => write(job, { type: 'start' }),
    onWait: (job, _index, what) => write(job, { type: 'wait', for: what }),
    onMessage: write,
    onEnd: (job, _index, { id: _id, ...end }) => write(job, { type: 'end', ...end }),
  }
}

/** Failures, and nothing else. */
const failures = (options: ProgressOptions): Progress => {
  const { onEnd, ...shown } = lines(options)
  const nothing = () => {}
  return {
    ...shown,
    onStart: nothing,
    onWait: nothing,
    onMessage: nothing,
    onEnd: (job, index, end) => {
      if (end.status === 'failed') onEnd(job, index, end)
    },
  }
}

/** A line per epoch and per end: for logs, pipes and CI. */
const lines = ({ stream, total }: ProgressOptions): Progress => {
  const places = new Map<string, string>()
  const say = (text: string) => stream.write(`${text}\n`)
  const print = (job: Job, text: string) => say(`${places.get(job.id)} ${runLabel(job)}: ${text}`)
  const printAt = (job: Job, index: number, text: string) => {
    places.set(job.id, `[${index + 1}/${total}]`)
    print(job, text)
  }
  return {
    say,
    stop: () => {},
    onStart: (job, index) => printAt(job, index, 'starts'),
    onWait: (job, index, what) => printAt(job, index, waitText[what]),
    onMessage: (job, message) => {
      if (message.type === 'resumed') print(job, resumedText(message))
      if (message.type === 'epoch') print(job, epochText(message))
      if (message.type === 'event') print(job, eventText(message))
      if (message.type === 'done') print(job, doneText(message))
    },
    onEnd: (job, index, end) => {
      const text = endText(end)
      if (text !== null) printAt(job, index, text)
    },
  }
}
