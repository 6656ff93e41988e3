import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { computed } from './computed.ts'

/** The same values under another handle. The backend's own kernel copies them, a tenth of a small step's time. */
export const identity = (x: tf.TensorInfo): tf.TensorInfo => {
  const backend = tf.backend() as BackendWasm
  backend.incRef(x.dataId)
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype }
}

/**
 * dy where y is positive, else 0, in one pass: any shape. On the bits, as half of all branches would be predicted wrongly: a float is
 * positive where its bits as an integer are, and only for those v | (v − 1) has no sign.
 */
export const reluGradient = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  computed(dy.shape, [dy, y], (...views) => {
    const [out, slopes, values] = views.map(bits) as [Int32Array, Int32Array, Int32Array]
    for (let at = 0; at < out.length; at++) {
      const value = values[at] as number
      out[at] = (slopes[at] as number) & (~(value | (value - 1)) >> 31)
    }
  })

const bits = ({ buffer, byteOffset, length }: Float32Array): Int32Array => new Int32Array(buffer, byteOffset, length)

/** Sums over all axes but the last, in float64: dy [..., n] → [n]. */
export const biasGradient = (dy: tf.Tensor): tf.Tensor => {
  const channels = dy.shape.at(-1) as number
  return computed([channels], [dy], (out, slopes) => {
    const sums = new Float64Array(channels)
    for (let from = 0; from < slopes.length; from += channels)
      for (let channel = 0; channel < channels; channel++) sums[channel] = (sums[channel] as number) + (slopes[from + channel] as number)
    out.set(sums)
  })
}
