import { createRequire, Module } from 'node:module'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs-core'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'

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

/**
 * Loads TensorFlow's libraries and makes them tfjs' backend. Takes half a second.
 * @param binding  a build to load instead of the one that is linked into the package
 * @throws whatever loading fails with: no binding, a missing library, a library of another machine.
 */
export const loadTensorFlow = (binding?: string): NodeBackend => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value
  // tfjs-node 4.22 calls it; Node 23 has removed it, Node 22 warns.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  if (binding !== undefined) {
    // The package asks node-pre-gyp for its binding and nothing else.
    const asked = createRequire(require.resolve('@tensorflow/tfjs-node-gpu')).resolve('@mapbox/node-pre-gyp')
    require.cache[asked] = Object.assign(new Module(asked), { exports: { find: () => binding }, loaded: true })
  }
  const { findBackend }: typeof tfjs = require('@tensorflow/tfjs-node-gpu')
  return findBackend('tensorflow') as NodeBackend
}
