import type { Gpu } from '../engine/choose/gpus.ts'
import { onGpus, onProcessor, type TakeDevice } from '../run/devices.ts'

export type Sharing = {
  /** Runs at a time. */
  parallel: number
  takeDevice: TakeDevice
  /** What a user should know of it; null where it is as asked. */
  notice: string | null
}

/**
 * How the runs of a plan share the machine: one a GPU, else one after another unless more are asked for.
 * @param asked  `--parallel`
 * @param gpus  that runs will use; none where the engine computes on the processor
 */
export const sharing = ({ asked, gpus, cores }: { asked: number | undefined; gpus: readonly Gpu[]; cores: number }): Sharing => {
  const parallel = asked ?? Math.max(1, gpus.length)
  if (gpus.length === 0) {
    const notice = `${parallel} runs at a time share the processor's ${cores} cores: each takes longer, with the same results.`
    return { parallel, takeDevice: onProcessor, notice: parallel > 1 ? notice : null }
  }
  const those = gpus.length === 1 ? 'one GPU takes one run' : `${gpus.length} GPUs take ${gpus.length} runs`
  const notice = `--parallel ${parallel}: ${those} at a time.`
  return { parallel: Math.min(parallel, gpus.length), takeDevice: onGpus(gpus), notice: parallel > gpus.length ? notice : null }
}
