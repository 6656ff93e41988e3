import { fit } from '../train/fit.ts'
import { startClock } from './clock.ts'
import type { Job } from './job.ts'
import { type Handle, prepareData, prepareEngine } from './prepare_run.ts'
import { trainingOf } from './training_of.ts'

export type Opening = {
  /** Of the first steps; null: not a finite number. */
  losses: readonly (number | null)[]
  engine: { name: string; mode: string; device: string }
}

/**
 * The beginning of a run, trained from its spec and seed as the run itself was; nothing is written to disk.
 * @param steps  at most as many as records keep (50); fewer where the training is shorter
 * @throws UserError as `performRun`
 */
export const openingOf = async (job: Job, steps: number, { send, signal }: Handle): Promise<Opening> => {
  const data = await prepareData(job)
  try {
    const { engine, session } = await prepareEngine(job, data, { send, signal, clock: startClock() })
    const enough = new AbortController()
    let done = 0
    const { state } = await fit({
      ...trainingOf(job, data),
      session,
      resume: null,
      saveCheckpoint: async () => {},
      checkpointSeconds: Number.POSITIVE_INFINITY,
      signal: AbortSignal.any([signal, enough.signal]),
      onStep: () => {
        done += 1
        send({ type: 'phase', phase: `step ${done} of ${steps}` })
        if (done >= steps) enough.abort()
      },
      onEpoch: () => {},
      onEvent: () => {},
    })
    session.close()
    signal.throwIfAborted()
    const { name, mode, device } = engine
    return { losses: state.opening.slice(0, steps), engine: { name, mode, device } }
  } finally {
    await data.close()
  }
}
