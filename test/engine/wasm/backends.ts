import { registerLowPrecision } from '../../../src/engine/low_precision.ts'
import { loadTensorFlow } from '../../../src/engine/native/load.ts'
import { lowKernels } from '../../../src/engine/native/low_precision.ts'
import { registerOps } from '../../../src/engine/ops.ts'
import { engineStatuses } from '../../../src/engine/status.ts'
import { loadWasm } from '../../../src/engine/wasm/load.ts'

const native = engineStatuses().find(({ name }) => name === 'native')

/** tfjs' backends that this machine can have. */
export const backends: readonly string[] = native?.available ? ['tensorflow', 'cpu', 'wasm'] : ['cpu', 'wasm']

/** Makes them ready, with the operations of ours. */
export const loadBackends = async (): Promise<void> => {
  if (native?.available) {
    const backend = loadTensorFlow(native.binding)
    registerOps('tensorflow', 'tensorflow')
    registerLowPrecision('tensorflow', lowKernels(backend))
  }
  await loadWasm()
  for (const name of ['cpu', 'wasm']) {
    registerOps(name, 'composed')
    registerLowPrecision(name)
  }
}
