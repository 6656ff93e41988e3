import type { Job, RunEnd, RunMessage } from '../job.ts'

/** Makes one run somewhere and says how it ended. Never throws for a run that fails. On abort it ends the run, leaving a checkpoint. */
export type Executor = (job: Job, handle: ExecutorHandle) => Promise<RunEnd>

type ExecutorHandle = {
  /** What the run's process finds in its environment beside ours. */
  env: Readonly<Record<string, string>>
  onMessage: (message: RunMessage) => void
  signal: AbortSignal
}
