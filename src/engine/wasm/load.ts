import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { registerTrainingKernels } from './kernels.ts'

// tfjs-core alone knows no gradients under Node: this package registers them with it.
import '@tensorflow/tfjs'

const require = createRequire(import.meta.url)

/**
 * Makes WebAssembly tfjs' backend, with the kernels that training needs: by SIMD where the processor has it, always on one core, because the
 * threaded build of tfjs-backend-wasm 4.22 starts no threads. Nothing is downloaded or compiled ahead.
 */
export const loadWasm = async (): Promise<void> => {
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'))
  registerTrainingKernels()
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be started')
}
