import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { convolveByTiles, registerOps } from '../ops.ts'
import { compiledProgram } from './compile/program.ts'
import { TraceError } from './compile/trace_error.ts'
import { deviceName } from './device.ts'
import { loadTensorFlow, type NodeBackend } from './load.ts'

const loadCompiled =
  (backend: NodeBackend): Engine['load'] =>
  async (functions, state) => {
    try {
      return await compiledProgram(backend, functions, state)
    } catch (error) {
      if (!(error instanceof TraceError)) throw error
      return { ...eagerProgram(functions, state), uncompiled: error.message }
    }
  }

/**
 * TensorFlow itself, on the GPU where it can use one. Functions are compiled: each is written down once as a graph and then run in one call.
 * `FERMENT_STEP=eager` runs them op by op.
 * @param binding  file of the build to load
 * @throws whatever loading fails with
 */
export const openNative = async (binding: string): Promise<Engine> => {
  const backend = loadTensorFlow(binding)
  const gpu = backend.isUsingGpuDevice
  const eager = process.env.FERMENT_STEP === 'eager'
  registerOps('tensorflow', 'tensorflow')
  if (!gpu) convolveByTiles('tensorflow')
  return {
    name: 'native',
    mode: eager ? 'eager' : 'compiled',
    device: deviceName(gpu),
    gpu,
    tensorflow: backend.binding.TF_Version,
    load: eager ? async (functions, state) => eagerProgram(functions, state) : loadCompiled(backend),
  }
}
