import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'

/**
 * A float32 tensor whose values a loop in JavaScript computes from those of others, all in wasm's memory: no copies are made.
 * @param fill  is given the new values, which are not zero to begin with, and those of each input
 */
export const computed = (
  shape: readonly number[],
  inputs: readonly tf.TensorInfo[],
  fill: (out: Float32Array, ...inputs: Float32Array[]) => void,
): tf.Tensor => {
  const backend = tf.backend() as BackendWasm
  const out = backend.makeOutput([...shape], 'float32')
  // The views come after the allocation, which may move wasm's memory.
  const view = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array
  fill(view(out), ...inputs.map(view))
  return tf.engine().makeTensorFromTensorInfo(out)
}
