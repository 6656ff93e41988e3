import { setBackend } from '@tensorflow/tfjs-core'
import { lowArithmetic } from '../choose/machine.ts'
import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { convolveByProducts } from '../ops/convolution.ts'
import { registerLowPrecision } from '../ops/low_precision.ts'
import { registerOps } from '../ops/register_ops.ts'
import { compiledProgram } from './compile/program.ts'
import { TraceError } from './compile/trace_error.ts'
import { deviceName } from './device.ts'
import { loadTensorFlow, type NodeBackend } from './load.ts'
import { lowKernels } from './low_precision.ts'

const ROUNDED = { bfloat16: 'rounded', float16: 'rounded' } as const
const NATIVE = { bfloat16: 'native', float16: 'native' } as const

/**
 * TensorFlow itself, on the GPU where it can use one. Functions are compiled: each is written down once as a graph and then run in one call.
 * `FERMENT_STEP=eager` runs them op by op.
 * @param binding  file of the build to load
 * @throws whatever loading fails with
 */
export const openNative = async (binding: string): Promise<Engine> => {
  const backend = loadTensorFlow(binding)
  // Loading makes it tfjs' backend once; another engine may have been opened since.
  await setBackend('tensorflow')
  const gpu = backend.isUsingGpuDevice
  const eager = process.env.FERMENT_STEP === 'eager'
  registerOps('tensorflow', 'tensorflow')
  registerLowPrecision('tensorflow', lowKernels(backend))
  if (!gpu) convolveByProducts('tensorflow')
  return {
    name: 'native',
    mode: eager ? 'eager' : 'compiled',
    device: deviceName(gpu),
    gpu,
    tensorflow: backend.binding.TF_Version,
    // Op by op, tfjs can hold no other type than float32.
    arithmetic: eager ? ROUNDED : gpu ? NATIVE : lowArithmetic(),
    load: eager ? async (functions, state) => eagerProgram(functions, state) : loadCompiled(backend),
  }
}

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
