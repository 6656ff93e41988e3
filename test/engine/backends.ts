import { describe } from 'vitest'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import { loadTensorFlow } from '../../src/engine/native/load.ts'
import { lowKernels } from '../../src/engine/native/low_precision.ts'
import { registerLowPrecision } from '../../src/engine/ops/low_precision.ts'
import { registerOps } from '../../src/engine/ops/register_ops.ts'
import { loadWasm } from '../../src/engine/wasm/load.ts'
import { noDevice, onDevice } from './webgpu/device.ts'

const native = engineStatuses().find(({ name }) => name === 'native')

/** tfjs' backends that this machine can have, but webgpu: tests that read values at once cannot run on it. */
export const backends: readonly string[] = native?.available ? ['tensorflow', 'cpu', 'wasm'] : ['cpu', 'wasm']

/** Makes them ready, with the operations of ours. */
export const loadBackends = async (): Promise<void> => {
  if (native?.available) {
    const backend = loadTensorFlow(native.binding ?? '')
    registerOps('tensorflow', 'tensorflow')
    registerLowPrecision('tensorflow', lowKernels(backend))
  }
  await loadWasm()
  for (const name of ['cpu', 'wasm', ...(noDevice === undefined ? ['webgpu'] : [])]) {
    registerOps(name, 'composed')
    registerLowPrecision(name)
  }
}

/** A group of tests for each backend, webgpu too; those of one that is not there are skipped by name. */
export const describeBackends = (title: string, body: (backend: string) => void): void => {
  describe.runIf(native?.available)(`${title}, on tensorflow`, () => body('tensorflow'))
  for (const name of ['cpu', 'wasm']) describe(`${title}, on ${name}`, () => body(name))
  describe.skipIf(noDevice)(onDevice(`${title}, on webgpu`), () => body('webgpu'))
}
