import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { registerLowPrecision } from '../ops/low_precision.ts'
import { registerOps } from '../ops/register_ops.ts'
import { loadWasm } from './load.ts'

/** WebAssembly on the processor: slow, and there wherever npm works. */
export const openWasm = async (): Promise<Engine> => {
  const cores = await loadWasm()
  registerOps('wasm', 'composed')
  registerLowPrecision('wasm')
  return {
    name: 'wasm',
    mode: 'eager',
    device: `WebAssembly (${cores === 1 ? '1 core' : `${cores} cores`})`,
    gpu: false,
    tensorflow: null,
    arithmetic: { bfloat16: 'rounded', float16: 'rounded' },
    load: async (functions, state) => eagerProgram(functions, state),
  }
}
