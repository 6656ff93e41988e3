import type { Executor } from './executor.ts'
import { local } from './local.ts'
import type { SlurmOptions } from './slurm/submit.ts'
import { slurm } from './slurm.ts'

export type ExecutorName = 'local' | 'slurm'

/** One row an executor: made from what the machine file says of it. */
export const executors: Readonly<Record<ExecutorName, (options: SlurmOptions) => Executor>> = { local: () => local, slurm }
