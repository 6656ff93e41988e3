import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Optimizer } from '../../schema/recipe.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import type { Network } from '../../src/model/network.ts'
import type { Precision } from '../../src/model/precision.ts'
import { openSession } from '../../src/train/session.ts'
import { sixteenBits } from '../engine/sixteen_bits.ts'
import fitGolden from '../golden/fit.json' with { type: 'json' }
import { modelOf, networkOf } from '../model/models.ts'
import { relativeDifference } from '../relative_difference.ts'
import { withDefaults } from '../schema_defaults.ts'
import { batchOf, tinyModel } from './tiny_fit.ts'

type Golden = {
  losses: Record<'float32' | 'mixed_bfloat16' | 'mixed_float16', number[]>
  loss_scale: { not_finite: number[]; steps: number; scales: [step: number, scale: number][] }
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/mixed_precision.json', import.meta.url), 'utf8'))
const engines = engineStatuses().flatMap(({ name, available }) => (available ? [name] : []))
const CLASSIFY = [{ kind: 'flatten' }, { kind: 'dense', units: 3, activation: 'softmax' }] as const
const network = networkOf(tinyModel(), [8, 8, 1], 3)
const adam = withDefaults<Optimizer>('optimizer', {
  kind: 'adam',
  learning_rate: 0.01,
  weight_decay: 0,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
})

type Start = { network: Network; weights: ReturnType<typeof initialWeights> }

const initial = initialWeights(network, 5)
const goldenWeights = Object.entries(fitGolden.weights).map(([name, values]) => [
  name,
  { shape: initial[name]?.shape ?? [], values: Float32Array.from(values) },
])
const asKeras: Start = { network, weights: { ...initial, ...Object.fromEntries(goldenWeights) } }

const sessionOf = (engine: Engine, precision: Precision, start = asKeras) =>
  openSession({
    ...start,
    engine,
    optimizer: adam,
    loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
    semantics: 'keras-3',
    precision,
    seed: 5,
    trainSizes: [6],
    evaluateSizes: [],
  })
type Session = Awaited<ReturnType<typeof sessionOf>>

const steps = fitGolden.batches.map(({ x, labels }) => ({
  batch: batchOf(x, labels),
  sampleWeight: Float32Array.from(labels, (label) => fitGolden.class_weight[label] as number),
  learningRate: 0.01,
}))

const losses = async (session: Session): Promise<number[]> => {
  const seen: number[] = []
  for (const [index, step] of steps.entries()) seen.push((await session.train({ ...step, step: index + 1 })).loss)
  session.close()
  return seen
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] as number)) / value))

/** A rounding that falls the other way moves a loss by as much as all of them together: those of float32 are this far away. */
const TYPES = {
  bfloat16: { policy: 'mixed_bfloat16', tolerance: 6e-3 },
  float16: { policy: 'mixed_float16', tolerance: 6e-4 },
} as const

describe.each(engines)('%s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ engine: name })
  })

  describe.each(['bfloat16', 'float16'] as const)('in %s', (type) => {
    const { policy, tolerance } = TYPES[type]
    const ways = name === 'native' && sixteenBits ? (['native', 'rounded'] as const) : (['rounded'] as const)
    test.each(ways)('losses of 20 steps as Keras has them, %s', async (arithmetic) => {
      const seen = await losses(await sessionOf(engine, { type, arithmetic }))
      expect(distance(golden.losses[policy], seen)).toBeLessThan(tolerance)
      // What is computed in 16 bits is not quite what float32 gives.
      expect(Math.abs((seen[0] as number) - (golden.losses.float32[0] as number))).toBeGreaterThan(1e-6)
    })
  })

  // Of 3×3 images with more than 72 filters the gradient in bfloat16 is a product of patches (src/engine/ops/patches.ts).
  if (name === 'native')
    test.runIf(sixteenBits)('the gradient of a filter of small images is what float32 rounded to bfloat16 gives', async () => {
      const wide = networkOf(
        modelOf({ kind: 'conv2d', name: 'wide', filters: 80, kernel_size: 3, padding: 'same' }, ...CLASSIFY),
        [3, 3, 4],
        3,
      )
      const start = { network: wide, weights: initialWeights(wide, 5) }
      const x = Float32Array.from({ length: 6 * 36 }, (_, at) => Math.sin(at * 12.9898))
      const step = { batch: batchOf(x, [0, 1, 2, 0, 1, 2]), sampleWeight: new Float32Array(6).fill(1), learningRate: 0.01, step: 1 }
      const moments = async (arithmetic: 'native' | 'rounded') => {
        const session = await sessionOf(engine, { type: 'bfloat16', arithmetic }, start)
        await session.train(step)
        const { 'm/wide/kernel': m } = await session.read()
        session.close()
        return m as Float32Array
      }
      const [native, expected] = [await moments('native'), await moments('rounded')]
      expect(expected.some((value) => value !== 0)).toBe(true)
      expect(relativeDifference(native, expected)).toBeLessThan(0.02)
    })

  test('a loss scale that overflows skips the step, and the optimizer does not count it', async () => {
    const precision = { type: 'float16', arithmetic: 'rounded' } as const
    const [session, unhurt] = [await sessionOf(engine, precision), await sessionOf(engine, precision)]
    const [first, second] = steps as [(typeof steps)[number], (typeof steps)[number]]
    await session.write({ 'loss_scale/scale': Float32Array.of(1e38) })
    const before = await session.read()
    expect(Number.isFinite((await session.train({ ...first, step: 1 })).loss)).toBe(true)
    const after = await session.read()
    expect(after['conv_a/kernel']).toEqual(before['conv_a/kernel'])
    expect(after['m/conv_a/kernel']).toEqual(before['m/conv_a/kernel'])
    expect(after['loss_scale/scale']?.[0]).toBe(Math.fround(1e38) / 2)
    expect(after['loss_scale/skipped_steps']).toEqual(Float32Array.of(1))
    await session.write({ 'loss_scale/scale': Float32Array.of(2 ** 15), 'norm/moving_mean': before['norm/moving_mean'] as Float32Array })
    await session.train({ ...second, step: 2 })
    await unhurt.train({ ...second, step: 1 })
    const [went, expected] = [await session.read(), await unhurt.read()]
    expect(went['conv_a/kernel']).toEqual(expected['conv_a/kernel'])
    // A training that goes on from a checkpoint goes on counting.
    await unhurt.write(went)
    await session.train({ ...first, step: 3 })
    await unhurt.train({ ...first, step: 3 })
    expect(await unhurt.read()).toEqual(await session.read())
    session.close()
    unhurt.close()
  })
})
