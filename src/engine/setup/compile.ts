import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { userError } from '../../problem.ts'
import { tfjsNode } from '../native/tfjs_node.ts'
import { guarded } from './guarded.ts'

const require = createRequire(import.meta.url)

export type CompileOptions = { compiler: string; signal: AbortSignal }

/**
 * Compiles the unmodified binding of tfjs-node against the libraries in `<stage>/lib`, into `<stage>/tfjs_binding.node`. No node-gyp and no
 * headers of the installed Node are needed: the binding uses Node-API 8 only, so one build serves Node 20 and newer.
 * @throws UserError `compile_failed` with the compiler's first error.
 */
export const compileBinding = async (stage: string, { compiler, signal }: CompileOptions): Promise<void> => {
  const sources = join(tfjsNode() as string, 'binding')
  const files = (await readdir(sources)).filter((name) => name.endsWith('.cc')).map((name) => join(sources, name))
  const done = await guarded(
    compiler,
    [
      ...['-shared', '-fPIC', '-O2', '-std=gnu++17', '-DNAPI_VERSION=8'],
      ...['-I', nodeHeaders(), '-I', join(stage, 'include'), ...files, '-o', join(stage, 'tfjs_binding.node')],
      ...['-L', join(stage, 'lib'), '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // The libraries lie beside the binding, wherever the folder is moved.
      '-Wl,-rpath,$ORIGIN/lib',
    ],
    { cancelSignal: signal, all: true },
  )
  signal.throwIfAborted()
  if (!done.failed) return
  const firstError = done.all?.split('\n').find((line) => line.includes('error')) ?? done.shortMessage ?? 'it could not be started'
  throw userError({ code: 'compile_failed', message: `${compiler} could not compile the binding to TensorFlow: ${firstError.trim()}` })
}

const nodeHeaders = (): string => join(dirname(require.resolve('node-api-headers')), 'include')
