import * as tf from '@tensorflow/tfjs-core'

/** Values that look random and are the same everywhere. */
const values = (shape: number[], phase: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => Math.sin(at * 12.9898 + phase) % 1),
    shape,
  )

export type ConvolutionCase = {
  size: [number, number]
  kernel: [number, number]
  strides: [number, number]
  pad: 'same' | 'valid'
  channels?: [number, number]
}

export const CONVOLUTIONS: ConvolutionCase[] = [
  { size: [6, 6], kernel: [3, 3], strides: [1, 1], pad: 'same' },
  { size: [6, 6], kernel: [3, 3], strides: [1, 1], pad: 'valid' },
  { size: [7, 5], kernel: [2, 3], strides: [1, 1], pad: 'same' },
  { size: [8, 8], kernel: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [7, 7], kernel: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [8, 8], kernel: [3, 3], strides: [2, 2], pad: 'valid' },
  { size: [9, 8], kernel: [1, 1], strides: [2, 2], pad: 'same' },
  { size: [10, 9], kernel: [3, 2], strides: [3, 1], pad: 'valid' },
  { size: [11, 7], kernel: [5, 4], strides: [3, 2], pad: 'same' },
  { size: [6, 6], kernel: [1, 1], strides: [1, 1], pad: 'valid' },
  { size: [3, 3], kernel: [3, 3], strides: [1, 1], pad: 'valid' },
  { size: [6, 6], kernel: [3, 3], strides: [1, 1], pad: 'same', channels: [1, 1] },
  { size: [5, 5], kernel: [7, 7], strides: [1, 1], pad: 'same', channels: [2, 9] },
  { size: [9, 7], kernel: [3, 3], strides: [1, 1], pad: 'same', channels: [16, 24] },
]

/** dx and dFilter of a convolution, with a dy that differs from place to place. */
export const convolutionGradients = async (
  backend: string,
  { size, kernel, strides, pad, channels: [from, to] = [3, 4] }: ConvolutionCase,
): Promise<Float32Array[]> => {
  await tf.setBackend(backend)
  const gradients = tf.tidy(() => {
    const [x, filter] = [values([2, ...size, from], 1), values([...kernel, from, to], 2)] as [tf.Tensor4D, tf.Tensor4D]
    const loss = (a: tf.Tensor, b: tf.Tensor) => {
      const y = tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad)
      return tf.sum(tf.mul(y, values(y.shape, 3)))
    }
    return tf.grads(loss)([x, filter])
  })
  return Promise.all(gradients.map(async (gradient) => (await gradient.data<'float32'>()).slice()))
}
