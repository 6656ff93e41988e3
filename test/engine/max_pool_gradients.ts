import * as tf from '@tensorflow/tfjs-core'

/** Values by place: what they are decides which of a window is the largest. */
export const IMAGES: Record<string, (at: number) => number> = {
  'of any sign': (at) => Math.sin(at * 12.9898),
  'all negative': (at) => -1 - Math.sin(at * 12.9898) ** 2,
  'all zero': () => 0,
  'of three values, so that many are equal': (at) => Math.round(Math.sin(at * 12.9898)),
  'that a ReLU has passed': (at) => Math.max(0, Math.sin(at * 12.9898) - 0.7),
}

export type PoolCase = { size: [number, number]; window: [number, number]; strides: [number, number]; pad: 'same' | 'valid' }

const filled = (shape: readonly number[], value: (at: number) => number): tf.Tensor => {
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, at) => value(at))
  return tf.tensor(values, [...shape])
}

/** Eighths: sums of them are exact, so that engines cannot differ by rounding. */
const eighths = (at: number) => 1 + (at % 8) / 8

/** dx of a pool, with a dy that differs from place to place. */
export const maxPoolGradients = async (
  backend: string,
  { size, window, strides, pad }: PoolCase,
  value: (at: number) => number,
): Promise<number[]> => {
  await tf.setBackend(backend)
  const dx = tf.tidy(() => {
    const total = (x: tf.Tensor) => {
      const y = tf.maxPool(x as tf.Tensor4D, window, strides, pad)
      return tf.sum(tf.mul(y, filled(y.shape, eighths)))
    }
    return tf.grad(total)(filled([2, ...size, 3], value))
  })
  return [...(await dx.data())]
}

export const POOLS: PoolCase[] = [
  { size: [6, 6], window: [2, 2], strides: [2, 2], pad: 'valid' },
  { size: [7, 5], window: [2, 2], strides: [2, 2], pad: 'valid' },
  { size: [7, 5], window: [2, 2], strides: [2, 2], pad: 'same' },
  { size: [7, 8], window: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [7, 8], window: [3, 3], strides: [2, 2], pad: 'valid' },
  { size: [6, 6], window: [3, 3], strides: [1, 1], pad: 'same' },
  { size: [6, 6], window: [3, 2], strides: [1, 2], pad: 'valid' },
  { size: [8, 7], window: [2, 2], strides: [3, 3], pad: 'valid' },
  { size: [5, 5], window: [1, 1], strides: [2, 2], pad: 'same' },
  { size: [3, 3], window: [5, 4], strides: [2, 1], pad: 'same' },
  { size: [1, 1], window: [2, 2], strides: [2, 2], pad: 'same' },
]
