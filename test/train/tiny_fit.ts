import type { Callback, Model } from '../../schema/recipe.ts'
import type { Batch, BatchSource } from '../../src/data/dataset.ts'
import { permutation, randomOf } from '../../src/random.ts'

type Given = Record<string, unknown>
const layer = (given: Given) => ({
  trainable: true,
  use_bias: true,
  kernel_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
  activation: 'linear',
  ...given,
})
const conv = (given: Given) => layer({ kind: 'conv2d', kernel_size: 3, strides: 1, padding: 'same', dilation_rate: 1, groups: 1, ...given })
const pool = (name: string) => ({ kind: 'max_pooling2d', name, pool_size: 2, padding: 'valid' })

/** The network of test/golden/fit.py, with dropout on request. */
export const tinyModel = (dropoutRate = 0): Model =>
  ({
    layers: [
      conv({ name: 'conv_a', filters: 4, activation: 'relu', kernel_regularizer: { l1: 0, l2: 1e-3 } }),
      pool('pool_a'),
      conv({ name: 'conv_b', filters: 5, use_bias: false }),
      { kind: 'batch_normalization', name: 'norm', trainable: true, momentum: 0.99, epsilon: 1e-3, center: true, scale: true },
      { kind: 'activation', name: 'relu', activation: 'relu' },
      pool('pool_b'),
      { kind: 'flatten', name: 'flatten' },
      layer({ kind: 'dense', name: 'dense_a', units: 6, activation: 'relu' }),
      { kind: 'dropout', name: 'dropout', rate: dropoutRate },
      layer({ kind: 'dense', name: 'dense_b', units: 3, activation: 'softmax' }),
    ],
  }) as Model

export const batchOf = (x: ArrayLike<number>, labels: ArrayLike<number>, classes = 3): Batch => {
  const y = new Float32Array(labels.length * classes)
  Array.from(labels).forEach((label, image) => {
    y[image * classes + label] = 1
  })
  return { size: labels.length, x: Float32Array.from(x), y, labels: Int32Array.from(labels) }
}

/** Random 8×8 images whose class shows in their brightness, in batches of four and a shorter last one. */
export const tinyBatches = ({ images = 22, batchSize = 4, seed = 1, shuffle = true } = {}): BatchSource => {
  const random = randomOf({ seed, purpose: 'synthetic' })
  const labels = Array.from({ length: images }, () => random.integer(3))
  const pictures = labels.map((label) => Array.from({ length: 64 }, () => random.uniform() * 2 - 1 + label * 0.4))
  const steps = Math.ceil(images / batchSize)
  const sizes = [...new Set([batchSize, images % batchSize || batchSize])]
  async function* epoch(number: number, fromStep = 0) {
    const order = permutation(randomOf({ seed: shuffle ? seed : 0, purpose: 'shuffle', at: [shuffle ? number : 0] }), images)
    for (let step = fromStep; step < steps; step++) {
      const rows = [...order.subarray(step * batchSize, (step + 1) * batchSize)]
      yield batchOf(
        rows.flatMap((row) => pictures[row] as number[]),
        rows.map((row) => labels[row] as number),
      )
    }
  }
  return { steps, images, sizes, epoch, close: async () => {} }
}

export const tinyCallbacks: Callback[] = [
  { kind: 'early_stopping', monitor: 'val_loss', mode: 'auto', patience: 3, min_delta: 0, restore_best_weights: true, start_from_epoch: 0 },
  { kind: 'reduce_lr_on_plateau', monitor: 'val_loss', mode: 'auto', factor: 0.5, patience: 1, min_delta: 1e-4, cooldown: 0, min_lr: 0 },
  { kind: 'model_checkpoint', monitor: 'val_accuracy', mode: 'auto', save_best_only: true },
]
