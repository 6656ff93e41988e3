import type { Executor } from './executor.ts'
import { local } from './local.ts'
import type { SlurmOptions } from './slurm/submit.ts'
import { slurm } from './slurm.ts'

/** One row an executor: made from what the machine file says of it. Their names are those of `schema/machine.schema.json`. */
export const executors = {
  local: () => local,
  slurm,
} satisfies Readonly<Record<string, (options: SlurmOptions) => Executor>>

export type ExecutorName = keyof typeof executors
