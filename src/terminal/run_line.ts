import { printableLine } from '../printable.ts'
import type { LookedAt } from '../run/look_at_run.ts'
import { duration } from './duration.ts'
import { epochOf, stepText } from './progress_text.ts'

const TEXTS: Record<LookedAt['state'], string> = {
  done: 'done',
  failed: 'failed',
  running: 'running',
  interrupted: 'interrupted',
  begun: 'not begun',
  damaged: 'damaged',
  foreign: 'of another version',
}

export const stateText = ({ state }: LookedAt): string => TEXTS[state]

/** `No · 32 · seed 0`; the id where nothing more is known. */
export const placeText = ({ id, cell, seed }: LookedAt): string =>
  seed === null ? id : [...Object.values(cell).map(printableLine), `seed ${seed}`].join(' · ')

/** Test accuracies of a run that is done. */
export const accuracyText = ({ record }: LookedAt): string => {
  const { last, best } = record?.evaluation ?? {}
  return last ? `${percent(last.accuracy)}${best ? ` (best ${percent(best.accuracy)})` : ''}` : ''
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** How a run stands, in one line. */
export const standText = (run: LookedAt, now = Date.now()): string => {
  const { state, progress, record, why, checkpoint } = run
  if (state === 'running') {
    if (progress === null) return 'waits, or begins'
    return progress.step === null ? progress.phase : `${epochOf(progress.step)}  ${stepText(progress.step)}`
  }
  if (state === 'done') return `test accuracy ${accuracyText(run)}, ${duration(record?.provenance.seconds ?? 0)}`
  const ago = checkpoint === null ? '' : `goes on from its checkpoint, ${duration((now - Date.parse(checkpoint)) / 1000)} old`
  return printableLine([why?.split('\n')[0] ?? '', ago].filter(Boolean).join('; '))
}
