import os from 'node:os'
import { type Gpu, listGpus } from '../choose/gpus.ts'

/** What TensorFlow computes on, for people: `NVIDIA H200 (GPU 1)` or `CPU (2 cores)`. It takes the first of the GPUs that it sees. */
export const deviceName = (gpu: boolean, gpus: readonly Gpu[] = listGpus()): string => {
  if (!gpu) return `CPU (${os.availableParallelism()} cores)`
  const [first] = gpus
  return `${first?.name ?? 'NVIDIA GPU'}${first ? ` (GPU ${first.id})` : ''}`
}
