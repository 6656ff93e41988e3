import os from 'node:os'
import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import type { Gpu } from '../engine/choose/gpus.ts'
import { onProcessor } from '../run/devices.ts'
import type { Executor } from '../run/executors/executor.ts'
import { type ExecutorName, executors } from '../run/executors/table.ts'
import { expectedEngine } from './expected_engine.ts'
import { readMachineFile } from './machine_file.ts'
import { type Sharing, sharing } from './sharing.ts'

export type WhereOptions = { parallel?: number; executor?: ExecutorName; machine?: string }

export type WhereRunsAreMade = Omit<Sharing, 'notice'> & {
  executor: Executor
  /** What a user should know of it. */
  notices: readonly string[]
}

/**
 * Where and how many at a time: as the command line has it, else the machine file, else here. With Slurm all runs are handed in at once, and
 * what engine the nodes have is theirs to say.
 * @throws UserError `machine_file`
 */
export const whereRunsAreMade = async (jobs: number, options: WhereOptions, engine: ChosenEngine): Promise<WhereRunsAreMade> => {
  const machine = await readMachineFile(options.machine)
  const name = options.executor ?? machine.executor ?? 'local'
  const asked = options.parallel ?? machine.parallel
  const executor = executors[name](machine.slurm ?? {})
  if (name === 'slurm') return { executor, parallel: asked ?? jobs, takeDevice: onProcessor, notices: [] }
  const { notice, ...shared } = sharing({ asked, gpus: await gpusForRuns(engine), cores: os.availableParallelism() })
  return { executor, ...shared, notices: [expectedEngine(engine), notice].filter((text) => text !== null) }
}

/** The GPUs that the engine will use, as far as that is known before it is loaded. */
const gpusForRuns = async ({ name, gpu }: ChosenEngine): Promise<Gpu[]> => {
  if (name !== 'native' || !gpu) return []
  const { listGpus } = await import('../engine/choose/gpus.ts')
  return listGpus()
}
