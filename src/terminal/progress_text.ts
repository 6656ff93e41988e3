import { STALE_MS } from '../folder_lock.ts'
import { printable, printableLine } from '../printable.ts'
import type { Job, RunEnd, RunMessage } from '../run/job.ts'
import { duration } from './duration.ts'

type Message<T extends RunMessage['type']> = Extract<RunMessage, { type: T }>

/** `My CNN · No · 32 · seed 0`: a run by its place in the matrix. */
export const runLabel = ({ cell, seed }: Pick<Job, 'cell' | 'seed'>): string =>
  [...Object.values(cell).map(printableLine), `seed ${seed}`].join(' · ')

/** `epoch  8/20` */
export const epochOf = ({ epoch, epochs }: { epoch: number; epochs: number }): string =>
  `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`

/** Where a run goes on from its checkpoint. */
export const resumedText = ({ epoch, step }: Message<'resumed'>): string =>
  `goes on from its checkpoint: epoch ${epoch}${step > 0 ? `, ${step} ${step === 1 ? 'step' : 'steps'} of it done` : ''}`

/** An epoch that is over. */
export const epochText = (message: Message<'epoch'>): string => {
  const { loss, accuracy, valLoss, valAccuracy, imagesPerSecond, seconds } = message
  return [
    epochOf(message),
    `loss ${number(loss)}`,
    `accuracy ${percent(accuracy)}`,
    `val_loss ${number(valLoss)}`,
    `val_accuracy ${percent(valAccuracy)}`,
    `${Math.round(imagesPerSecond)} images/s`,
    duration(seconds),
  ].join('  ')
}

const number = (value: number | null): string => (value === null ? 'NaN' : value.toPrecision(4))

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)

/** Where training stands. */
export const stepText = ({ loss, accuracy, imagesPerSecond, secondsLeft }: Message<'step'>): string =>
  [
    `loss ${number(loss)}`,
    `accuracy ${percent(accuracy)}`,
    `${Math.round(imagesPerSecond)} images/s`,
    `${duration(secondsLeft)} left`,
  ].join('  ')

export const eventText = ({ epoch, callback, message }: Message<'event'>): string =>
  printableLine(`epoch ${epoch}: ${callback}: ${message}`)

export const doneText = ({ testAccuracy, bestTestAccuracy, seconds }: Message<'done'>): string =>
  `done in ${duration(seconds)}: test accuracy ${percent(testAccuracy)}${bestTestAccuracy === null ? '' : ` (best ${percent(bestTestAccuracy)})`}`

/** How a run ended; null where its last message has said it. */
export const endText = (end: RunEnd): string | null => {
  if (end.status === 'failed') return `failed: ${printable(end.message).replaceAll('\n', '\n  ')}`
  if (end.status === 'interrupted') return end.forced ? forcedText(end.forced) : 'interrupted; it goes on from here next time'
  return end.elsewhere ? 'another ferment has made it' : null
}

const LETS_GO = `(one that was killed lets go of it within ${STALE_MS / 1000} s)`

/** What a run waits for. */
export const waitText = {
  run: `waits for another ferment that is making this run ${LETS_GO}`,
  gpu: `waits for a GPU: every one is in use by another ferment ${LETS_GO}`,
}

/** A run that had to be killed: what there is of it. */
const forcedText = ({ checkpoint }: { checkpoint: Date | null }): string =>
  checkpoint === null
    ? 'interrupted; it did not stop in time and was killed, without a checkpoint: it begins anew next time'
    : `interrupted; it did not stop in time and was killed: it goes on from its checkpoint of ${checkpoint.toLocaleTimeString('en-GB')} next time`
