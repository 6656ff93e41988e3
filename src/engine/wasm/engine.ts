import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { registerLowPrecision } from '../low_precision.ts'
import { registerOps } from '../ops.ts'
import { loadWasm } from './load.ts'

/** WebAssembly on one core: slow, and there wherever npm works. */
export const openWasm = async (): Promise<Engine> => {
  await loadWasm()
  registerOps('wasm', 'composed')
  registerLowPrecision('wasm')
  return {
    name: 'wasm',
    mode: 'eager',
    device: 'WebAssembly (1 core)',
    gpu: false,
    tensorflow: null,
    arithmetic: { bfloat16: 'rounded', float16: 'rounded' },
    load: async (functions, state) => eagerProgram(functions, state),
  }
}
