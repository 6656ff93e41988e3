import type { Job, RunEnd, RunMessage } from '../job.ts'
import { local } from './local.ts'
import type { SlurmOptions } from './slurm/submit.ts'
import { slurm } from './slurm.ts'

/** Makes one run somewhere and says how it ended. Never throws for a run that fails. On abort it ends the run, leaving a checkpoint. */
export type Executor = (job: Job, handle: ExecutorHandle) => Promise<RunEnd>

type ExecutorHandle = {
  /** What the run's process finds in its environment beside ours. */
  env: Readonly<Record<string, string>>
  onMessage: (message: RunMessage) => void
  signal: AbortSignal
}

export type ExecutorName = 'local' | 'slurm'

/** One row an executor: made from what the machine file says of it. */
export const executors: Readonly<Record<ExecutorName, (options: SlurmOptions) => Executor>> = { local: () => local, slurm }
