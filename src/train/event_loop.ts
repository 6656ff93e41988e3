import { setImmediate } from 'node:timers/promises'

/** Rarely enough to cost nothing: a turn takes some microseconds. Steps that take longer are followed by a turn each. */
const DUE_MS = 50

/**
 * Signals, and the parent's end, are noticed only in a turn of the event loop. Steps that compute in this thread leave it none: batches that
 * have arrived go on as microtasks, so that up to a thousand steps pass in the callback of one message.
 * @returns to be awaited between steps; takes such a turn where the last one was `DUE_MS` ago
 */
export const eventLoopTurns = (): (() => Promise<void>) => {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < DUE_MS) return
    // The first ends the turn that this step is part of, in which nothing new is looked for; the second is the whole next one.
    await setImmediate()
    await setImmediate()
    last = performance.now()
  }
}
