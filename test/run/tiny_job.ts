import type { Model, Optimizer, Spec } from '../../schema/recipe.ts'
import type { Job } from '../../src/run/job.ts'
import { withDefaults } from '../schema_defaults.ts'

const dense = { trainable: true, use_bias: true, kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros' }

/** A network that trains in an instant: two averages and a dense layer. */
const model = {
  layers: [
    { kind: 'average_pooling2d', pool_size: 4, strides: 4, padding: 'valid' },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 7, activation: 'softmax', ...dense },
  ],
} as Model

const spec: Spec = {
  semantics: 'keras-3',
  dataset: { kind: 'synthetic_faces', images: 140, random_state: 0 },
  split: { kind: 'stratified_holdout', test_size: 0.3, validation_of_test: 0.5, random_state: 42, stratify: 'one_hot' },
  limit: { train: 60 },
  preprocessing: { rescale: [-1, 1], color_mode: 'grayscale' },
  augmentation: { kind: 'none' },
  model,
  training: {
    optimizer: withDefaults<Optimizer>('optimizer', {
      kind: 'adam',
      learning_rate: 0.01,
      weight_decay: 0,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
    }),
    loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
    schedule: [],
    class_weight: 'inverse_frequency',
    epochs: 3,
    batch_size: 8,
    precision: 'float32',
    steps_per_epoch: 'all',
    validation_steps: 'all',
    shuffle: true,
    callbacks: [{ kind: 'model_checkpoint', monitor: 'val_loss', mode: 'auto', save_best_only: true }],
  },
}

/** A whole run in a second or two, most of it start-up. */
export const tinyJob = (store: string, changed: Partial<Spec['training']> = {}): Job => ({
  id: 'feedfacecafebeef',
  store,
  study: { title: 'Tiny', recipe: 'tiny.yaml', profile: null },
  cell: { model: 'dense' },
  seed: 3,
  spec: { ...spec, training: { ...spec.training, ...changed } },
  code: 'test',
  engine: null,
  command: ['ferment', 'run', 'tiny.yaml'],
})
