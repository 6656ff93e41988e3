import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Callback, Semantics } from '../../../schema/recipe.ts'
import type { Action, Logs } from '../../../src/train/callbacks/callback.ts'
import { callbackEpochEnd, callbackInit, callbacks, callbackTrainEnd } from '../../../src/train/callbacks/table.ts'
import keras3 from '../../golden/callbacks.json' with { type: 'json' }
import keras24 from '../../golden/callbacks_keras_2_4.json' with { type: 'json' }
import options from '../../golden/callbacks_options.json' with { type: 'json' }
import { withDefaults } from '../../schema_defaults.ts'

type Golden = {
  spec: Callback & { learning_rate?: number }
  wait?: number[]
  cooldown?: number[]
  rates?: [epoch: number, rate: number][]
  kept?: number[]
  stopped?: boolean
  restored?: number | null
  epochs?: number
}
type Run = { values: (number | string)[]; cases: Golden[] }
type Life = {
  spec: Callback
  values: readonly number[]
  learningRate: number
  semantics: Semantics
  carry?: (state: unknown, epoch: number) => unknown
}
type After = { epoch: number; state: Record<string, unknown>; actions: readonly Action[]; learningRate: number }

const logsOf = (spec: Callback, value: number): Logs => {
  const logs = { loss: 1, accuracy: 0.5, val_loss: 1, val_accuracy: 0.5 }
  logs['monitor' in spec ? spec.monitor : 'loss'] = value
  return logs
}

/** A callback's life, as `fit` leads it: what each epoch left, and what was done after the last. */
const lived = ({ spec, values, learningRate, semantics, carry = (state) => state }: Life) => {
  let state = callbackInit(spec)
  const epochs: After[] = []
  for (const [epoch, value] of values.entries()) {
    state = carry(state, epoch)
    const end = callbackEpochEnd(spec, state, { epoch, logs: logsOf(spec, value), learningRate, semantics })
    state = end.state
    for (const action of end.actions) if (action.type === 'set_learning_rate') learningRate = action.value
    epochs.push({ epoch, state: state as Record<string, unknown>, actions: end.actions, learningRate })
    if (end.actions.some(({ type }) => type === 'stop')) break
  }
  return { epochs, atEnd: callbackTrainEnd(spec, state, semantics) }
}
type Lived = ReturnType<typeof lived>

const epochsOf = ({ epochs }: Lived, type: Action['type']) =>
  epochs.filter(({ actions }) => actions.some((action) => action.type === type)).map(({ epoch }) => epoch)

/** The epoch whose weights training ends with, where they are not the last ones. */
const restored = (life: Lived): number | null => {
  const actions = [...life.epochs.flatMap(({ actions }) => actions), ...life.atEnd]
  return actions.some(({ type }) => type === 'restore_weights') ? (epochsOf(life, 'keep_weights').at(-1) ?? Number.NaN) : null
}

/** Our life told in the words of the golden file. */
const told: { [K in Callback['kind']]?: (life: Lived, spec: Golden['spec']) => Omit<Golden, 'spec'> } = {
  early_stopping: (life) => ({
    wait: life.epochs.map(({ state }) => state.wait as number),
    kept: epochsOf(life, 'keep_weights'),
    stopped: epochsOf(life, 'stop').length > 0,
    restored: restored(life),
  }),
  reduce_lr_on_plateau: ({ epochs }, { learning_rate }) => ({
    wait: epochs.map(({ state }) => state.wait as number),
    cooldown: epochs.map(({ state }) => state.cooldown as number),
    rates: epochs.flatMap(({ epoch, learningRate }): [number, number][] => {
      const before = epochs[epoch - 1]?.learningRate ?? Math.fround(learning_rate as number)
      return Math.fround(before) === learningRate || learningRate === learning_rate ? [] : [[epoch, learningRate]]
    }),
  }),
  model_checkpoint: (life) => ({ kept: epochsOf(life, 'keep_weights') }),
  terminate_on_nan: (life) => ({ epochs: life.epochs.length, stopped: epochsOf(life, 'stop').length > 0 }),
}

describe.each([
  ['keras-3', keras3],
  ['keras-2.4', keras24],
] as const)('%s', (semantics, golden) => {
  const runs = golden.runs as Run[]

  test.each(Object.keys(callbacks) as Callback['kind'][])('%s decides as Keras after every epoch', (kind) => {
    const cases = runs.flatMap(({ values, cases }) => cases.filter(({ spec }) => spec.kind === kind).map((one) => ({ values, ...one })))
    expect(cases.length).toBeGreaterThanOrEqual(runs.length)
    for (const { values, spec, ...expected } of cases) {
      const life = lived({ spec, values: values.map(Number), learningRate: spec.learning_rate ?? 0.1, semantics })
      expect(told[kind]?.(life, spec), JSON.stringify({ spec, values })).toEqual(expected)
    }
  })
})

test.each(options.cases.map((one) => [JSON.stringify(one.spec), one] as const))(
  '%s decides as Keras 3',
  (_, { spec: given, values, ...expected }) => {
    const spec = withDefaults<Callback>('callback', given as { kind: Callback['kind'] })
    expect(told[spec.kind]?.(lived({ spec, values, learningRate: 0.1, semantics: 'keras-3' }), spec)).toEqual(expected)
  },
)

test('in keras-2.4 a baseline is the best value that there was', () => {
  const spec = withDefaults<Callback>('callback', { kind: 'early_stopping', patience: 2, baseline: 0.5 })
  const stopped = (semantics: Semantics) => epochsOf(lived({ spec, values: [0.9, 0.8, 0.7, 0.6], learningRate: 0.1, semantics }), 'stop')
  expect(stopped('keras-2.4')).toEqual([1])
  expect(stopped('keras-3')).toEqual([])
})

const value = fc.oneof(fc.double({ min: -2, max: 2 }), fc.constantFrom(0.5, 0.6, Number.NaN, Infinity, -Infinity))
const monitor = { monitor: fc.constantFrom('loss', 'accuracy', 'val_loss', 'val_accuracy'), mode: fc.constantFrom('auto', 'min', 'max') }
const few = fc.nat({ max: 3 })
const spec = fc.oneof(
  fc.record({
    kind: fc.constant('early_stopping'),
    ...monitor,
    patience: few,
    min_delta: fc.constantFrom(0, 0.1),
    restore_best_weights: fc.boolean(),
    start_from_epoch: few,
  }),
  fc.record({
    kind: fc.constant('reduce_lr_on_plateau'),
    ...monitor,
    factor: fc.constantFrom(0.1, 0.5),
    patience: few,
    min_delta: fc.constantFrom(0, 0.1),
    cooldown: few,
    min_lr: fc.constantFrom(0, 1e-5),
  }),
  fc.record({ kind: fc.constant('model_checkpoint'), ...monitor, save_best_only: fc.boolean() }),
  fc.record({ kind: fc.constant('terminate_on_nan') }),
) as fc.Arbitrary<Callback>
const semanticsOf = fc.constantFrom<Semantics>('keras-3', 'keras-2.4')

test('a life cut in two by a checkpoint on disk goes on as if it had not been', () => {
  fc.assert(
    fc.property(spec, fc.array(value, { maxLength: 15 }), few, semanticsOf, (spec, values, cut, semantics) => {
      const life = { spec, values, learningRate: 1e-3, semantics }
      const carry = (state: unknown, epoch: number) => (epoch === cut ? JSON.parse(JSON.stringify(state)) : state)
      expect(lived({ ...life, carry })).toEqual(lived(life))
    }),
    { numRuns: 500 },
  )
})

test.each<Semantics>(['keras-3', 'keras-2.4'])('%s: what float32 does not tell apart is no improvement', (semantics) => {
  const spec = { kind: 'model_checkpoint', monitor: 'val_loss', mode: 'auto', save_best_only: true } as const
  expect(epochsOf(lived({ spec, values: [1, 1 - 1e-9, 1 - 1e-7], learningRate: 1, semantics }), 'keep_weights')).toEqual([0, 2])
})

const messages = (spec: Callback, values: readonly number[], semantics: Semantics = 'keras-3') => {
  const { epochs, atEnd } = lived({ spec, values, learningRate: 1e-5, semantics })
  return [...epochs.flatMap(({ actions }) => actions), ...atEnd].map(({ message }) => message)
}

test('messages say what happened, with epochs counted from 1', () => {
  const watched = { monitor: 'val_loss', mode: 'auto' } as const
  const early_stopping = {
    kind: 'early_stopping',
    ...watched,
    patience: 2,
    min_delta: 0,
    restore_best_weights: true,
    start_from_epoch: 0,
  } as const
  expect(messages(early_stopping, [1.5, 1.20341, 1.3, 1.4])).toEqual([
    'val_loss is 1.5',
    'val_loss improved from 1.5 to 1.2034',
    'val_loss has not improved for 2 epochs (best 1.2034 at epoch 2)',
    'weights of epoch 2 restored',
  ])
  expect(messages({ ...early_stopping, patience: 1 }, [Number.NaN], 'keras-2.4')).toEqual([
    'val_loss has not improved for 1 epoch (never a number)',
  ])
  const reduce = { kind: 'reduce_lr_on_plateau', ...watched, factor: 0.5, patience: 1, min_delta: 0, cooldown: 0, min_lr: 0 } as const
  expect(messages(reduce, [1, 1])).toEqual(['val_loss has not improved for 1 epoch: learning rate 1e-5 → 5e-6'])
  expect(messages({ kind: 'model_checkpoint', ...watched, save_best_only: false }, [1])).toEqual(['weights of epoch 1 kept'])
  expect(messages({ kind: 'terminate_on_nan' }, [1, Number.NaN])).toEqual(['loss is NaN at epoch 2'])
})
