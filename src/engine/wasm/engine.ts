import { eagerProgram } from '../eager.ts'
import type { Engine } from '../engine.ts'
import { registerOps } from '../ops.ts'
import { loadWasm } from './load.ts'

/** WebAssembly on one core: slow, and there wherever npm works. */
export const openWasm = async (): Promise<Engine> => {
  await loadWasm()
  registerOps('wasm', 'composed')
  return {
    name: 'wasm',
    mode: 'eager',
    device: 'WebAssembly (1 core)',
    gpu: false,
    tensorflow: null,
    load: async (functions, state) => eagerProgram(functions, state),
  }
}
