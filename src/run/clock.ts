import type { RunRecord } from '../../schema/record.ts'

/** Seconds by what they went into; each part is described in schema/record.schema.json. */
type Times = NonNullable<RunRecord['provenance']['times']>
type Part = keyof Times

/** Accounts for every moment of a process once: a part that begins within another interrupts its time. */
export type Clock = {
  /** Charges the time of `work` to a part, except for what it charges to other parts. One piece of work at a time. */
  charge: <T>(part: Part, work: () => Promise<T>) => Promise<T>
  /** The same for work that is over when it returns. */
  chargeNow: (part: Part, work: () => void) => void
  /** Charges all that is charged to nothing else from now on. */
  turnTo: (part: Part) => void
  /** Seconds of each part so far. */
  times: () => Times
}

const NONE: Times = {
  process: 0,
  data: 0,
  engine: 0,
  graph: 0,
  first_step: 0,
  steps: 0,
  validation: 0,
  batches: 0,
  inputs: 0,
  loop: 0,
  weights: 0,
  checkpoints: 0,
  messages: 0,
  evaluation: 0,
  record: 0,
}

/**
 * Starts a clock that charges to `process` what went before.
 * @param now  milliseconds since the process began
 */
export const startClock = (now: () => number = () => performance.now()): Clock => {
  const ms = { ...NONE }
  let part: Part = 'process'
  let since = 0
  /** @returns the part that was charged until now */
  const turnTo = (next: Part): Part => {
    const [before, time] = [part, now()]
    ms[before] += time - since
    part = next
    since = time
    return before
  }
  return {
    charge: async (during, work) => {
      const before = turnTo(during)
      try {
        return await work()
      } finally {
        turnTo(before)
      }
    },
    chargeNow: (during, work) => {
      const before = turnTo(during)
      try {
        work()
      } finally {
        turnTo(before)
      }
    },
    turnTo,
    times: () => {
      turnTo(part)
      return inSeconds(ms)
    },
  }
}

const inSeconds = (ms: Times): Times =>
  Object.fromEntries(Object.entries(ms).map(([part, value]) => [part, Math.round(value) / 1000])) as Times
