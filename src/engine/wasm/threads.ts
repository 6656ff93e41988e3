import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'

const require = createRequire(import.meta.url)

/** The build starts as many workers with the module, however many threads it makes of them. */
const MOST_THREADS = 8

/** A module of Emscripten, as tfjs' backend takes it. */
type WasmModule = ConstructorParameters<typeof BackendWasm>[0] & {
  cwrap: (name: string, result: 'number' | null, parameters: 'number'[]) => (...values: number[]) => number
  PThread: { runningWorkers: { unref: () => void }[] }
}
type Imports = { env: Record<string, unknown> }
type Receive = (instance: unknown, module: unknown) => void
/** Node has it; its types do not. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { instantiate: (binary: Uint8Array, imports: Imports) => Promise<{ instance: unknown; module: unknown }> }
}

/**
 * tfjs' WebAssembly backend on several cores. Its own loader starts no threads under Node: it hands the workers' script over as a Blob, which
 * Node's workers do not take. So its module is loaded here, with a script of a file. What is computed does not depend on how many threads
 * there are: they share the places of a result among them.
 */
export const threadedBackend = async (wanted: number): Promise<{ backend: BackendWasm; threads: number }> => {
  const threads = Math.min(wanted, MOST_THREADS)
  const module = withFunctions(await loadModule(threads))
  setThreadsCount(threads)
  const backend = new BackendWasm(module)
  // Else they keep the process from ending.
  for (const worker of module.PThread.runningWorkers) worker.unref()
  return { backend, threads }
}

/** The functions that the backend's own loader looks up in its module. */
const withFunctions = (module: WasmModule): WasmModule => {
  const { cwrap } = module
  const functions = {
    init: cwrap('init', null, []),
    initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: cwrap('get_threads_count', 'number', []),
    registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: cwrap('dispose_data', null, ['number']),
    dispose: cwrap('dispose', null, []),
  }
  return Object.assign(module, { tfjs: functions })
}

const loadModule = async (threads: number): Promise<WasmModule> => {
  const script = require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js')
  const binary = await readFile(script.replace(/\.js$/, '.wasm'))
  const instantiate = async (imports: Imports, receive: Receive) => {
    // It takes half of the number of cores that it is given.
    imports.env.emscripten_num_logical_cores = () => 2 * threads
    const { instance, module } = await wasm.instantiate(binary, imports)
    receive(instance, module)
  }
  return new Promise((resolve, reject) => {
    const factory = require(script) as (options: object) => Promise<WasmModule>
    factory({
      mainScriptUrlOrBlob: script,
      locateFile: () => fileURLToPath(new URL('./thread.cjs', import.meta.url)),
      instantiateWasm: (imports: Imports, receive: Receive) => {
        instantiate(imports, receive).catch(reject)
        return {}
      },
    }).then(resolve, reject)
  })
}
