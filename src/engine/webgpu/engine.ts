import { eagerProgram } from '../eager.ts'
import type { Engine, Program } from '../engine.ts'
import { registerLowPrecision } from '../ops/low_precision.ts'
import { registerOps } from '../ops/register_ops.ts'
import type { Failure } from './failure.ts'
import { loadWebgpu } from './load.ts'

/**
 * A GPU of any maker by WebGPU, op by op.
 * @param software  whether a processor that plays a GPU will do, for tests: it is slower than wasm
 * @throws whatever loading fails with, or why there is no device
 */
export const openWebgpu = async ({ software }: { software: boolean }): Promise<Engine> => {
  const { name, gpu, failure } = await loadWebgpu({ software })
  registerOps('webgpu', 'composed')
  registerLowPrecision('webgpu')
  return {
    name: 'webgpu',
    mode: 'eager',
    device: name,
    gpu,
    tensorflow: null,
    arithmetic: { bfloat16: 'rounded', float16: 'rounded' },
    load: async (functions, state) => guarded(eagerProgram(functions, state), failure),
  }
}

/** WebGPU reports an error elsewhere than where it was made, and goes on with values that mean nothing: none is returned after one. */
const guarded = (program: Program, failure: Failure): Program => {
  const checked = async <T>(result: Promise<T>): Promise<T> => {
    const value = await result
    failure.check()
    return value
  }
  return {
    ...program,
    call: (name, inputs) => checked(program.call(name, inputs)),
    read: () => checked(program.read()),
    write: (state) => checked(program.write(state)),
  }
}
