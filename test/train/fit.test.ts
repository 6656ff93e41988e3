import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Optimizer } from '../../schema/recipe.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { UserError } from '../../src/problem.ts'
import { fit } from '../../src/train/fit.ts'
import type { FitOptions } from '../../src/train/fit_options.ts'
import { type FitCheckpoint, type FitState, packed, unpacked } from '../../src/train/fit_state.ts'
import { openSession } from '../../src/train/session.ts'
import { noDevice } from '../engine/webgpu/device.ts'
import { withDefaults } from '../schema_defaults.ts'
import { batchOf, tinyBatches, tinyCallbacks, tinyModel } from './tiny_fit.ts'

const golden = JSON.parse(readFileSync(new URL('../golden/fit.json', import.meta.url), 'utf8'))

/** Those of this machine, WebGPU on a software device too; wasm is always there. Best first, as a later one becomes tfjs' backend. */
const engines = engineStatuses().flatMap(({ name, available }) => ((name === 'webgpu' ? noDevice === undefined : available) ? [name] : []))
let engine: Engine

const networkOf = (dropoutRate?: number) => {
  const built = buildNetwork(tinyModel(dropoutRate), [8, 8, 1], 3)
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join())
  return built.network
}

const adam = withDefaults<Optimizer>('optimizer', {
  kind: 'adam',
  learning_rate: 0.01,
  weight_decay: 0,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
})

const sessionOf = ({ dropoutRate = 0, weights = {} as Record<string, number[]>, size = 4, optimizer = adam } = {}) => {
  const network = networkOf(dropoutRate)
  const initial = initialWeights(network, 5)
  const given = Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, { shape: initial[name]?.shape ?? [], values: Float32Array.from(values) }]),
  )
  return openSession({
    engine,
    network,
    optimizer,
    loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
    semantics: 'keras-3',
    precision: null,
    seed: 5,
    weights: { ...initial, ...given },
    trainSizes: [size, 2],
    evaluateSizes: [size, 2, 1],
  })
}

const quiet = {
  semantics: 'keras-3',
  learningRate: 0.01,
  schedule: [],
  classWeights: null,
  resume: null,
  saveCheckpoint: async () => {},
  checkpointSeconds: 1e9,
  onStep: () => {},
  onEpoch: () => {},
  onEvent: () => {},
} as const

const options = async (changed: Partial<FitOptions> = {}): Promise<FitOptions> => ({
  ...quiet,
  session: changed.session ?? (await sessionOf({ dropoutRate: 0.3 })),
  train: tinyBatches(),
  validation: tinyBatches({ images: 9, seed: 2, shuffle: false }),
  epochs: 6,
  callbacks: tinyCallbacks,
  signal: new AbortController().signal,
  ...changed,
})

/** A training that is stopped after so many steps, or at so many batches of its validation, and the checkpoint that it leaves. */
const stopped = async (at: { step?: number; validated?: number }, changed: Partial<FitOptions> = {}) => {
  const abort = new AbortController()
  const counted = { step: 0, validated: 0 }
  const count = (what: keyof typeof counted) => {
    if (++counted[what] === at[what]) abort.abort()
  }
  let checkpoint: FitCheckpoint | null = null
  const given = await options({
    ...changed,
    signal: abort.signal,
    onStep: () => count('step'),
    saveCheckpoint: async (kept) => {
      // Through the form that is written to disk; a copy, as the state goes on changing.
      checkpoint = unpacked(packed(structuredClone(kept)))
    },
  })
  async function* epoch(number: number) {
    for await (const batch of given.validation.epoch(number)) {
      count('validated')
      yield batch
    }
  }
  const first = await fit({ ...given, validation: { ...given.validation, epoch } })
  return { first, checkpoint }
}

/** What does not depend on how fast it went. */
const timeless = ({ history, events, learningRate, step }: FitState) => ({
  history: history.map(({ seconds: _seconds, images_per_second: _speed, ...rest }) => rest),
  events,
  learningRate,
  step,
})

const relative = (value: number, expected: number) => Math.abs(value - expected) / Math.abs(expected)

describe.each(engines)('on %s', (name) => {
  beforeAll(async () => {
    engine = await openEngine({ engine: name })
  })

  describe('a step', () => {
    test("the losses of a small network's first 20 steps are Keras' within 1e-5", async () => {
      const session = await sessionOf({ weights: golden.weights, size: 6 })
      for (const [index, { x, labels }] of golden.batches.entries()) {
        const sampleWeight = Float32Array.from(labels as number[], (label) => golden.class_weight[label])
        const { loss, correct } = await session.train({ batch: batchOf(x, labels), sampleWeight, learningRate: 0.01, step: index + 1 })
        expect(relative(loss, golden.losses[index]), `step ${index + 1}: ${loss}`).toBeLessThan(1e-5)
        expect(correct).toBe(golden.correct[index])
      }
      const { x, labels } = golden.batches[0]
      const { output } = await session.evaluate(batchOf(x, labels))
      for (const [index, probability] of output.entries()) expect(relative(probability, golden.output_after[index])).toBeLessThan(1e-3)
      session.close()
    })
  })

  describe('fit', () => {
    test('learns, and tells epochs in order', async () => {
      const epochs: number[] = []
      const { state } = await fit(await options({ epochs: 5, callbacks: [], onEpoch: ({ epoch }) => epochs.push(epoch) }))
      expect(epochs).toEqual([1, 2, 3, 4, 5])
      expect(state.history).toHaveLength(5)
      expect(state.history[4]?.loss).toBeLessThan(state.history[0]?.loss as number)
      expect(state.step).toBe(5 * 6)
    })

    test.runIf(process.platform !== 'win32').each(['step', 'validation'] as const)(
      'a signal is noticed after the %s during which it came',
      async (during) => {
        const abort = new AbortController()
        process.once('SIGUSR2', () => abort.abort())
        const given = await options({ signal: abort.signal })
        const calls = { step: 0, validation: 0 }
        /** At the second call, the signal comes; the event loop has no turn for as long as a larger network would leave it none. */
        const call = (what: keyof typeof calls) => {
          if (++calls[what] !== 2 || what !== during) return
          process.kill(process.pid, 'SIGUSR2')
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
        }
        const session = { ...given.session }
        const { state, interrupted } = await fit({
          ...given,
          session: {
            ...session,
            train: (args) => {
              call('step')
              return session.train(args)
            },
            evaluate: (batch) => {
              call('validation')
              return session.evaluate(batch)
            },
          },
        })
        expect(interrupted).toBe(true)
        expect([state.epoch, state.sums.steps]).toEqual([0, during === 'step' ? 2 : 6])
        expect(calls).toEqual(during === 'step' ? { step: 2, validation: 0 } : { step: 6, validation: 2 })
      },
    )

    test('a training stopped at any step, or in its validation, and gone on with ends as one that was never stopped', async () => {
      const whole = await options()
      const expected = await fit(whole)
      const expectedWeights = await whole.session.read()
      for (const stop of [{ step: 1 }, { step: 5 }, { step: 6 }, { step: 7 }, { step: 17 }, { validated: 1 }, { validated: 5 }]) {
        const { first, checkpoint } = await stopped(stop)
        expect(first.interrupted).toBe(true)
        const second = await options({ resume: checkpoint })
        const { state, best, interrupted } = await fit(second)
        expect(interrupted).toBe(false)
        expect(state.resumed).toBe(1)
        expect(timeless(state)).toEqual(timeless(expected.state))
        expect(best).toEqual(expected.best)
        expect(await second.session.read()).toEqual(expectedWeights)
      }
    })

    test('a schedule sets the rate of every step, history has that of the last, and a resumed training goes on with it', async () => {
      const schedule: FitOptions['schedule'] = [
        { kind: 'linear_warmup', epochs: 1, from: 0, per: 'step' },
        { kind: 'cosine_decay', alpha: 0, per: 'step' },
      ]
      const given = { schedule, callbacks: [], epochs: 3 }
      const whole = await options(given)
      const expected = await fit(whole)
      const rates = [5 / 6, ...[5, 11].map((step) => (1 + Math.cos((Math.PI * step) / 12)) / 2)]
      for (const [index, { learning_rate }] of expected.state.history.entries())
        expect(learning_rate).toBeCloseTo(0.01 * (rates[index] as number), 12)
      for (const step of [1, 8]) {
        const { checkpoint } = await stopped({ step }, given)
        const second = await options({ ...given, resume: checkpoint })
        expect(timeless((await fit(second)).state)).toEqual(timeless(expected.state))
        expect(await second.session.read()).toEqual(await whole.session.read())
      }
    })

    test('accumulated gradients, averages and radam go on where they were, and at the end the averages are the weights', async () => {
      const optimizer = withDefaults<Optimizer>('optimizer', {
        kind: 'radam',
        beta_2: 0.9,
        gradient_accumulation_steps: 4,
        use_ema: true,
        ema_overwrite_frequency: 2,
        global_clipnorm: 0.5,
      })
      const session = () => sessionOf({ dropoutRate: 0.3, optimizer })
      const given = { callbacks: [], epochs: 2 }
      const whole = await options({ ...given, session: await session() })
      const expected = await fit(whole)
      const weights = await whole.session.read()
      expect(weights['dense_a/kernel']).toEqual(weights['average/dense_a/kernel'])
      for (const step of [3, 10]) {
        const { checkpoint } = await stopped({ step }, { ...given, session: await session() })
        const second = await options({ ...given, session: await session(), resume: checkpoint })
        expect(timeless((await fit(second)).state)).toEqual(timeless(expected.state))
        expect(await second.session.read()).toEqual(weights)
      }
    })

    test('a checkpoint that takes long is not kept again at the end of each short epoch', async () => {
      let ms = 0
      const now = vi.spyOn(performance, 'now').mockImplementation(() => ms)
      const kept: number[] = []
      const saveCheckpoint = async ({ state }: FitCheckpoint) => {
        kept.push(state.epoch)
        ms += 20
      }
      const onEpoch = () => {
        ms += 1000
      }
      await fit(await options({ saveCheckpoint, onEpoch, callbacks: [] }))
      now.mockRestore()
      expect(kept).toEqual([1, 4])
    })

    test('ends with a reason where the loss is not finite', async () => {
      const failure = await fit(await options({ learningRate: 1e30, epochs: 3, callbacks: [] })).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(UserError)
      expect((failure as UserError).problems[0]?.code).toBe('diverged')
      expect((failure as UserError).exitStatus).toBe(3)
    })

    test('ends quietly there with terminate_on_nan', async () => {
      const { state } = await fit(await options({ learningRate: 1e30, epochs: 9, callbacks: [{ kind: 'terminate_on_nan' }] }))
      expect(state.stopped).toBe(true)
      expect(state.history.at(-1)?.loss).toBeNull()
    })
  })
})
