import { createRequire } from 'node:module'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs-core'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import { requireTfjsNode, TFJS_NODE } from './tfjs_node.ts'

const require = createRequire(import.meta.url)

/** Read by TensorFlow when its libraries are loaded. What the user has set stays. */
const ENVIRONMENT = {
  // Only warnings and errors. Two lines about oneDNN are printed before this is read.
  TF_CPP_MIN_LOG_LEVEL: '1',
  // Else one process takes all of the GPU's memory at once.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
}

/** tfjs-node's bridge to TensorFlow. Ids of tensors are never used twice. */
export type Binding = TFJSBinding

/** The backend of tfjs-node, as far as ferment uses it. */
export type NodeBackend = tfjs.KernelBackend & {
  binding: Binding
  isUsingGpuDevice: boolean
  /** Ids of tensors in the binding; values that still wait in JavaScript are sent first. */
  getInputTensorIds: (tensors: readonly tfjs.TensorInfo[]) => number[]
  /** A tensor of tfjs for one of the binding. */
  createOutputTensor: (metadata: ReturnType<Binding['executeOp']>[number]) => tfjs.Tensor
}

type TfjsNode = { NodeJSKernelBackend: new (binding: Binding, packageName: string) => NodeBackend }

/**
 * Loads TensorFlow's libraries and makes them tfjs' backend: what the package's own entry does, but with a binding of our choice. Takes half
 * a second.
 * @param binding  file of the build
 * @throws whatever loading fails with: no binding, a missing library, a library of another machine.
 */
export const loadTensorFlow = (binding: string): NodeBackend => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value
  // tfjs-node 4.22 calls it; Node 23 has removed it, Node 22 warns.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  const tf: typeof tfjs = require('@tensorflow/tfjs')
  if (tf.findBackendFactory('tensorflow') === null) {
    requireTfjsNode('dist/register_all_kernels.js')
    const { NodeJSKernelBackend } = requireTfjsNode('dist/nodejs_kernel_backend.js') as TfjsNode
    const loaded: Binding = require(binding)
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(loaded, TFJS_NODE.name), 3)
    tf.setBackend('tensorflow')
  }
  return tf.findBackend('tensorflow') as NodeBackend
}
