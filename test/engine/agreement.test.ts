import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Batch } from '../../src/data/dataset.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { randomOf } from '../../src/random.ts'
import { openSession, type Session } from '../../src/train/session.ts'
import { type StepOfRecipe, stepsOfRecipes } from './recipe_networks.ts'
import { noDevice, onDevice } from './webgpu/device.ts'

const BATCH = 2
/** Images of noise: they have no ties that a pool could decide this way or that. */
const batchOf = ({ network: { inputShape, outputShape } }: StepOfRecipe, step: number): Batch => {
  const { uniform, integer } = randomOf({ seed: step, purpose: 'synthetic' })
  const classes = outputShape[0] as number
  const labels = Int32Array.from({ length: BATCH }, () => integer(classes))
  const y = new Float32Array(BATCH * classes)
  for (const [image, label] of labels.entries()) y[image * classes + label] = 1
  const pixels = inputShape.reduce((product, extent) => product * extent, BATCH)
  return { size: BATCH, x: Float32Array.from({ length: pixels }, () => uniform() * 2 - 1), y, labels }
}

type Contestant = { engine: Engine; backend: string }
const BACKENDS = { native: 'tensorflow', webgpu: 'webgpu', wasm: 'wasm' } as const

const contestant = async (name: Engine['name'], step: 'compiled' | 'eager' = 'eager'): Promise<Contestant> => {
  vi.stubEnv('FERMENT_STEP', step)
  return { engine: await openEngine({ engine: name }), backend: BACKENDS[name] }
}

/** A session, opened on its engine's backend: tfjs has one at a time. */
const sessionOf = async ({ engine, backend }: Contestant, step: StepOfRecipe): Promise<Session> => {
  await tf.setBackend(backend)
  const weights = initialWeights(step.network, 1)
  return openSession({ engine, ...step, precision: null, seed: 1, weights, trainSizes: [BATCH], evaluateSizes: [] })
}

const lossOf = async (session: Session, { backend }: Contestant, { of, step }: { of: StepOfRecipe; step: number }): Promise<number> => {
  await tf.setBackend(backend)
  const sampleWeight = new Float32Array(BATCH).fill(1)
  return (await session.train({ batch: batchOf(of, step), sampleWeight, learningRate: of.optimizer.learning_rate, step })).loss
}

const copied = (state: Record<string, Float32Array>) =>
  Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()]))

/**
 * Largest relative difference of the losses of so many steps. Each odd step begins in the same state, so that a step's loss tells of its
 * forward pass, and the next one of its gradients and update. Over more steps Adam would make rounding errors grow: it moves a weight by the
 * whole learning rate where the gradient is nothing but rounding. Free steps of one engine, from weights that differ in their last bit, differ
 * as much as those of two engines (bench/README.md).
 */
const difference = async (of: StepOfRecipe, [reference, other]: readonly [Contestant, Contestant], steps: number): Promise<number> => {
  const [expected, actual] = [await sessionOf(reference, of), await sessionOf(other, of)]
  let worst = 0
  for (let step = 1; step <= steps; step++) {
    if (step % 2 === 1) {
      await tf.setBackend(reference.backend)
      const state = copied(await expected.read())
      await tf.setBackend(other.backend)
      await actual.write(state)
    }
    const loss = await lossOf(expected, reference, { of, step })
    worst = Math.max(worst, Math.abs((await lossOf(actual, other, { of, step })) - loss) / Math.abs(loss))
  }
  expected.close()
  actual.close()
  return worst
}

const cases = (await stepsOfRecipes()).map((of) => [of.title, of] as const)
const hasNative = engineStatuses()[0]?.available ?? false

const weightsOf = ({ network }: StepOfRecipe): number =>
  network.weights.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0)

/** Ten, but fewer where a step takes seconds: of VGG16 on wasm, of everything on a software device. */
const stepsOn = ({ engine: { gpu, name } }: Contestant, of: StepOfRecipe): number => {
  if (name === 'wasm') return weightsOf(of) > 10e6 ? 4 : 10
  if (name === 'webgpu' && !gpu) return weightsOf(of) > 1e6 ? 2 : 4
  return 10
}

/** Batch normalization of few images makes rounding grow: mini_XCEPTION was 1.2e-5 apart on AVX2, the others within 1e-5. */
const OTHER_ENGINE = 3e-5

test('the recipes have steps to compare', () => expect(cases.length).toBeGreaterThan(10))

describe.runIf(hasNative)('from the same state, the losses of every recipe agree: those of compiled steps and of', () => {
  let compiled: Contestant
  beforeAll(async () => {
    compiled = await contestant('native', 'compiled')
  })

  test.each(cases)('eager ones, %s', async (_title, of) => {
    const eager = await contestant('native', 'eager')
    expect(await difference(of, [compiled, eager], stepsOn(eager, of))).toBeLessThan(1e-6)
  })

  test.each(cases)('wasm, %s', async (_title, of) => {
    const wasm = await contestant('wasm')
    expect(await difference(of, [compiled, wasm], stepsOn(wasm, of))).toBeLessThan(OTHER_ENGINE)
  })

  describe.skipIf(noDevice)(onDevice('webgpu'), () => {
    // A step of VGG16 takes a software device ten seconds.
    test.each(cases.filter(([, of]) => weightsOf(of) < 10e6))('%s', async (_title, of) => {
      const webgpu = await contestant('webgpu')
      expect(await difference(of, [compiled, webgpu], stepsOn(webgpu, of))).toBeLessThan(OTHER_ENGINE)
    })
  })
})
