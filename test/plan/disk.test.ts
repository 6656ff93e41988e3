import { expect, test } from 'vitest'
import type { Callback, Optimizer, OptimizerRmsprop, OptimizerSgd, Spec } from '../../schema/recipe.ts'
import { diskOf } from '../../src/plan/disk.ts'
import { modelOf, networkOf } from '../model/models.ts'
import { withDefaults } from '../schema_defaults.ts'

/** 64 · 10 + 10 trained numbers, then a normalization with 10 trained and 20 moving ones, then 10 · 7 + 7. */
const network = networkOf(
  modelOf({ kind: 'flatten' }, { kind: 'dense', units: 10 }, { kind: 'batch_normalization', center: false }, { kind: 'dense', units: 7 }),
  [8, 8, 1],
)
const [TRAINED, MOVING] = [650 + 10 + 77, 20]

const sgd = withDefaults<OptimizerSgd>('optimizer', { kind: 'sgd', learning_rate: 0.01, weight_decay: 0, momentum: 0, nesterov: false })
const rmsprop = withDefaults<OptimizerRmsprop>('optimizer', {
  kind: 'rmsprop',
  learning_rate: 0.01,
  weight_decay: 0,
  rho: 0.9,
  momentum: 0,
  epsilon: 1e-7,
})
const monitored = { monitor: 'val_loss', mode: 'auto', min_delta: 0, patience: 3 } as const
const checkpoint: Callback = { kind: 'model_checkpoint', monitor: 'val_loss', mode: 'auto', save_best_only: true }
const stopping: Callback = { kind: 'early_stopping', ...monitored, restore_best_weights: false, start_from_epoch: 0 }

const disk = (optimizer: Optimizer, callbacks: Callback[] = [], tested = 0) =>
  diskOf({ network, training: { optimizer, callbacks, epochs: 3 } as unknown as Spec['training'], tested })

/** Numbers of one checkpoint, of four bytes each; at its end there are two. */
const numbers = (...given: Parameters<typeof disk>) => {
  const { kept, peak } = disk(...given)
  return (peak - kept) / 8
}

test.each<[string, Optimizer, slots: number]>([
  ['sgd', sgd, 0],
  ['sgd with momentum', { ...sgd, momentum: 0.9 }, 1],
  ['rmsprop', rmsprop, 1],
  ['rmsprop with momentum', { ...rmsprop, momentum: 0.9 }, 2],
  [
    'adagrad',
    withDefaults<Optimizer>('optimizer', {
      kind: 'adagrad',
      learning_rate: 0.01,
      weight_decay: 0,
      initial_accumulator_value: 0.1,
      epsilon: 1e-7,
    }),
    1,
  ],
  [
    'adam',
    withDefaults<Optimizer>('optimizer', { kind: 'adam', learning_rate: 0.01, weight_decay: 0, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 }),
    2,
  ],
])('a checkpoint of %s has every weight, and its slots for each trained one', (_, optimizer, slots) => {
  expect(numbers(optimizer)).toBe(TRAINED + MOVING + slots * TRAINED)
})

test('each copy of the weights that callbacks keep counts: the best ones, and those to go back to', () => {
  const all = TRAINED + MOVING
  expect(numbers(sgd, [stopping])).toBe(all)
  expect(numbers(sgd, [checkpoint])).toBe(2 * all)
  expect(numbers(sgd, [{ ...stopping, restore_best_weights: true }])).toBe(2 * all)
  expect(numbers(sgd, [checkpoint, { ...stopping, restore_best_weights: true }])).toBe(3 * all)
})

test('what is kept has the last weights, and the best ones where a callback keeps them', () => {
  const weights = 4 * (TRAINED + MOVING)
  expect(disk(sgd, [checkpoint]).kept - disk(sgd).kept).toBe(weights)
  expect(disk(sgd, [{ ...stopping, restore_best_weights: true }]).kept).toBe(disk(sgd).kept)
})

test('with best weights there are two tables of predictions', () => {
  const table = (callbacks: Callback[]) => disk(sgd, callbacks, 100).kept - disk(sgd, callbacks, 0).kept
  expect(table([checkpoint])).toBe(2 * table([]))
  expect(table([stopping])).toBe(table([]))
})
