import { loadTensorFlow } from '../../../src/engine/native/load.ts'
import { registerOps } from '../../../src/engine/ops.ts'
import { engineStatuses } from '../../../src/engine/status.ts'
import { loadWasm } from '../../../src/engine/wasm/load.ts'

const native = engineStatuses().find(({ name }) => name === 'native')

/** tfjs' backends that this machine can have. */
export const backends: readonly string[] = native?.available ? ['tensorflow', 'cpu', 'wasm'] : ['cpu', 'wasm']

/** Makes them ready, with bias and ReLU. */
export const loadBackends = async (): Promise<void> => {
  if (native?.available) {
    loadTensorFlow(native.binding)
    registerOps('tensorflow', 'tensorflow')
  }
  await loadWasm()
  registerOps('cpu', 'composed')
  registerOps('wasm', 'composed')
}
