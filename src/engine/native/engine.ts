import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { registerOps } from '../ops.ts'
import { loadTensorFlow } from './load.ts'

/** Names of the GPUs by the driver's own files, e.g. `NVIDIA H200`; empty where it has none to tell (WSL). */
const gpuNames = (dir = '/proc/driver/nvidia/gpus'): string[] => {
  try {
    return readdirSync(dir).flatMap((gpu) => /^Model:\s*(.+)$/m.exec(readFileSync(`${dir}/${gpu}/information`, 'utf8'))?.[1] ?? [])
  } catch {
    return []
  }
}

const cores = (): string => `CPU (${os.availableParallelism()} cores)`

/**
 * TensorFlow itself, on the GPU where it can use one.
 * @param binding  file of the build to load
 * @throws whatever loading fails with
 */
export const openNative = async (binding: string): Promise<Engine> => {
  const backend = loadTensorFlow(binding)
  const gpu = backend.isUsingGpuDevice
  registerOps('tensorflow', 'tensorflow')
  return {
    name: 'native',
    mode: 'eager',
    device: gpu ? (gpuNames()[0] ?? 'NVIDIA GPU') : cores(),
    gpu,
    tensorflow: backend.binding.TF_Version,
    load: async (functions, state) => eagerProgram(functions, state),
  }
}
