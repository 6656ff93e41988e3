// Run as a process of its own: loads a build of the native engine and trains a tiny network with it.
// Usage: trial.ts BINDING. Prints a line of JSON (`Trial`); fails where the results are wrong or do not come.
import * as tf from '@tensorflow/tfjs-core'
import { loadTensorFlow } from '../native/load.ts'
import type { Trial } from './verify.ts'

const STEPS = 60
const IMAGES = 8

/** Images of 6×6 with one bright pixel, and whether it is in the left half: a convolution, a pool and a dense layer tell them apart. */
const makeImages = (): { x: tf.Tensor4D; y: tf.Tensor } => {
  const bright = Array.from({ length: IMAGES }, (_, image) => image * 5)
  return {
    x: tf.tensor4d(
      bright.flatMap((pixel) => Array.from({ length: 36 }, (_, at) => Number(at === pixel))),
      [IMAGES, 6, 6, 1],
    ),
    y: tf.oneHot(
      bright.map((pixel) => Number(pixel % 6 < 3)),
      2,
    ),
  }
}

/** Loss before and after. */
const trainTiny = (): [number, number] => {
  const { x, y } = makeImages()
  const kernel = tf.variable(
    tf.tensor4d(
      Array.from({ length: 36 }, (_, at) => Math.sin(at)),
      [3, 3, 1, 4],
    ),
  )
  const dense = tf.variable(
    tf.tensor2d(
      Array.from({ length: 72 }, (_, at) => Math.cos(at) / 6),
      [36, 2],
    ),
  )
  const loss = (): tf.Scalar => {
    const hidden = tf.maxPool(tf.relu(tf.conv2d(x, kernel, 1, 'same')), 2, 2, 'valid')
    return tf.losses.softmaxCrossEntropy(y, tf.matMul(tf.reshape(hidden, [IMAGES, 36]), dense))
  }
  const optimizer = tf.train.adam(0.05)
  const losses = Array.from({ length: STEPS }, () => optimizer.minimize(loss, true)?.dataSync()[0] ?? Number.NaN)
  return [losses[0] as number, losses.at(-1) as number]
}

const { binding, isUsingGpuDevice } = loadTensorFlow(process.argv[2] ?? '')
const [first, last] = trainTiny()
// The first is that of a guess (ln 2) and depends on the convolution, the pool and the product only; the last on their gradients too.
if (!(Math.abs(first - Math.LN2) < 0.5 && last < 0.1)) throw new Error(`training went from loss ${first} to ${last}`)
const trial: Trial = { tensorflow: binding.TF_Version, gpu: isUsingGpuDevice }
process.stdout.write(JSON.stringify(trial))
