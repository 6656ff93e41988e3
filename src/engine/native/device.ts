import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'

/** Names of the GPUs by the driver's own files, e.g. `NVIDIA H200`; empty where it has none to tell (WSL). */
const gpuNames = (dir = '/proc/driver/nvidia/gpus'): string[] => {
  try {
    return readdirSync(dir).flatMap((gpu) => /^Model:\s*(.+)$/m.exec(readFileSync(`${dir}/${gpu}/information`, 'utf8'))?.[1] ?? [])
  } catch {
    return []
  }
}

/** What TensorFlow computes on, for people: `NVIDIA H200` or `CPU (2 cores)`. */
export const deviceName = (gpu: boolean): string => (gpu ? (gpuNames()[0] ?? 'NVIDIA GPU') : `CPU (${os.availableParallelism()} cores)`)
