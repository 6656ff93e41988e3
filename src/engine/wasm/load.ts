import { createRequire } from 'node:module'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { registerTrainingKernels } from './kernels.ts'
import { threadedBackend } from './threads.ts'

// tfjs-core alone knows no gradients under Node: this package registers them with it.
import '@tensorflow/tfjs'

const require = createRequire(import.meta.url)

/** Threads of the backend; there is one a process. */
const loaded: { threads?: number } = {}

/**
 * Makes WebAssembly tfjs' backend, with the kernels that training needs: by SIMD where the processor has it, on up to eight cores. Nothing is
 * downloaded or compiled ahead.
 * @returns how many cores it uses
 */
export const loadWasm = async (): Promise<number> => {
  if (loaded.threads === undefined) {
    registerTrainingKernels()
    loaded.threads = await register()
  }
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be started')
  return loaded.threads
}

/** The build with threads needs SIMD, too; a processor without it, or with one core, is left to the package's own loader. */
const register = async (): Promise<number> => {
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'))
  const cores = os.availableParallelism()
  if (cores === 1 || !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return 1
  const { backend, threads } = await threadedBackend(cores)
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', () => backend)
  return threads
}
