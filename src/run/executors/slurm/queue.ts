import os from 'node:os'
import { execa } from 'execa'

/** What Slurm says of a task: its state and why. `gone`: it does not know it any more. `unknown`: it does not answer. */
export type QueueState = { state: string; reason: string } | 'gone' | 'unknown'

/** States in which a task will not run again by itself. */
const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT', 'NODE_FAIL', 'PREEMPTED', 'OUT_OF_MEMORY', 'BOOT_FAIL', 'DEADLINE'])

export const hasEnded = (state: QueueState): boolean => state === 'gone' || (typeof state === 'object' && ENDED.has(state.state))

/** Looks at the queue for many tasks at once. */
export const watchQueue = (): ((id: string) => Promise<QueueState>) => {
  let asked = Number.NEGATIVE_INFINITY
  let answer: Promise<ReadonlyMap<string, QueueState> | null> = Promise.resolve(null)
  return async (id) => {
    if (performance.now() - asked > ASK_MS) {
      asked = performance.now()
      answer = ask()
    }
    const states = await answer
    return states === null ? 'unknown' : (states.get(id) ?? 'gone')
  }
}

/** One question for all tasks, at most so often: a controller has better things to do. */
const ASK_MS = 3000
/** A controller that is away answers after 9 s. */
const TIMEOUT_MS = 30_000

const ask = async (): Promise<ReadonlyMap<string, QueueState> | null> => {
  const args = ['-h', '-r', '-t', 'all', '-u', os.userInfo().username, '-o', '%i|%T|%r']
  const { failed, stdout } = await execa('squeue', args, { reject: false, timeout: TIMEOUT_MS })
  if (failed) return null
  const lines = stdout.split('\n').map((line) => line.split('|'))
  return new Map(lines.flatMap(([id, state, reason]) => (id && state ? [[id, { state, reason: reason ?? '' }] as const] : [])))
}

/** Asks a task to stop once it has a checkpoint; one that does not run yet is taken out of the queue. */
export const cancel = async (id: string, state: QueueState): Promise<void> => {
  const isRunning = typeof state === 'object' && state.state === 'RUNNING'
  const args = isRunning ? ['--full', '--signal=TERM', id] : [id]
  await execa('scancel', args, { reject: false, timeout: TIMEOUT_MS })
}

export const kill = async (id: string): Promise<void> => {
  await execa('scancel', [id], { reject: false, timeout: TIMEOUT_MS })
}
