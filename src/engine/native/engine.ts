import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { registerOps } from '../ops.ts'
import { deviceName } from './device.ts'
import { loadTensorFlow } from './load.ts'

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
    device: deviceName(gpu),
    gpu,
    tensorflow: backend.binding.TF_Version,
    load: async (functions, state) => eagerProgram(functions, state),
  }
}
