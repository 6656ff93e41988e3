import cliTruncate from 'cli-truncate'
import { createLogUpdate } from 'log-update'
import stringWidth from 'string-width'
import type { Job } from '../run/job.ts'
import { bar } from './bar.ts'
import type { Progress, ProgressOptions } from './progress_display.ts'
import { doneText, endText, epochOf, eventText, resumedText, runLabel, stepText, waitText } from './progress_text.ts'
import { wrapped } from './wrapped.ts'

/** A run in progress: two lines. `share`: how much of its training is done, in [0, 1]. */
type Row = { index: number; title: string; share: number; epoch: string; text: string }

const INDENT = '      '
const SHORTEST_BAR = 10
const LONGEST_BAR = 30

/** Two lines per run in progress, drawn over and over; ends and callbacks stay as lines above them. */
export const bars = ({ stream, total }: ProgressOptions): Progress => {
  const update = createLogUpdate(stream)
  const rows = new Map<string, Row>()
  const draw = () => {
    const lines = [...rows.values()].sort((a, b) => a.index - b.index).flatMap((row) => rowLines(row, stream.columns ?? 80))
    if (lines.length === 0) update.clear()
    else update(lines.join('\n'))
  }
  const say = (text: string) => {
    update.clear()
    stream.write(`${wrapped(text, stream)}\n`)
    draw()
  }
  const titleOf = (job: Job, index: number) => `[${index + 1}/${total}] ${runLabel(job)}`
  const open = (job: Job, index: number, text: string) => {
    rows.set(job.id, { index, title: titleOf(job, index), share: 0, epoch: '', text })
    draw()
  }
  const change = (job: Job, changed: Partial<Row>) => {
    const row = rows.get(job.id)
    if (!row) return
    rows.set(job.id, { ...row, ...changed })
    draw()
  }
  const keep = (job: Job, text: string) => say(`${rows.get(job.id)?.title}: ${text}`)
  return {
    say,
    onStart: (job, index) => open(job, index, 'starting'),
    onWait: (job, index, what) => open(job, index, waitText[what]),
    onMessage: (job, message) => {
      if (message.type === 'phase') change(job, { text: message.phase })
      if (message.type === 'step') {
        const { epoch, epochs, step, steps } = message
        change(job, { share: (epoch - 1 + step / steps) / epochs, epoch: epochOf(message), text: stepText(message) })
      }
      if (message.type === 'resumed') keep(job, resumedText(message))
      if (message.type === 'event') keep(job, eventText(message))
      if (message.type === 'done') keep(job, doneText(message))
    },
    onEnd: (job, index, end) => {
      const text = endText(end)
      rows.delete(job.id)
      if (text === null) draw()
      else say(`${titleOf(job, index)}: ${text}`)
    },
    stop: () => {
      update.clear()
      update.done()
    },
  }
}

/** Two lines that fit: the title gives way to the bar, the bar to the epoch. */
const rowLines = ({ title, share, epoch, text }: Row, columns: number): string[] => {
  // A character in the last column makes some terminals wrap.
  const width = columns - 1
  const shown = cliTruncate(title, Math.max(1, width - SHORTEST_BAR - stringWidth(epoch) - 4), { position: 'middle' })
  const left = width - stringWidth(shown) - stringWidth(epoch) - 4
  const first = `${shown}  ${bar(share, Math.max(1, Math.min(LONGEST_BAR, left)))}  ${epoch}`
  return [cliTruncate(first, width), cliTruncate(`${INDENT}${text}`, width)]
}
