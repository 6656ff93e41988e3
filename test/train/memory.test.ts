import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, expect, test, vi } from 'vitest'
import type { Optimizer } from '../../schema/recipe.ts'
import { openEngine } from '../../src/engine/choose/select.ts'
import { engineStatuses } from '../../src/engine/choose/status.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Binding, NodeBackend } from '../../src/engine/native/load.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import { initialWeights } from '../../src/model/initial_weights.ts'
import { openSession, type Session } from '../../src/train/session.ts'
import { withDefaults } from '../schema_defaults.ts'
import { batchOf, tinyModel } from './tiny_fit.ts'

afterEach(() => vi.unstubAllEnvs())

const BATCH = 32
const x = Float32Array.from({ length: BATCH * 64 }, (_, index) => Math.sin(index))
const batch = batchOf(
  x,
  Array.from({ length: BATCH }, (_, image) => image % 3),
)

const sessionOn = (engine: Engine): Promise<Session> => {
  const built = buildNetwork(tinyModel(0.3), [8, 8, 1], 3)
  if (!built.ok) throw new Error('the network does not fit')
  return openSession({
    engine,
    network: built.network,
    optimizer: withDefaults<Optimizer>('optimizer', {
      kind: 'adam',
      learning_rate: 0.001,
      weight_decay: 0,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
    }),
    loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
    semantics: 'keras-3',
    precision: null,
    seed: 0,
    weights: initialWeights(built.network, 0),
    trainSizes: [BATCH],
    evaluateSizes: [BATCH],
  })
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of the process in memory, without what JavaScript has let go of. */
const residentBytes = (): number => {
  collectGarbage()
  return process.memoryUsage.rss()
}

/** How many tensors TensorFlow holds for JavaScript that were made after the call. Programs that are loaded later are counted. */
const countBinding = (): (() => number) => {
  const backend = tf.findBackend('tensorflow') as NodeBackend | null
  let held = 0
  if (!backend) return () => held
  const { binding } = backend
  const made = <T extends readonly unknown[]>(tensors: T): T => {
    held += tensors.length
    return tensors
  }
  const counted: Partial<Binding> = {
    createTensor: (...args: Parameters<Binding['createTensor']>) => made([binding.createTensor(...args)] as const)[0],
    runSavedModel: (...args: Parameters<Binding['runSavedModel']>) => made(binding.runSavedModel(...args)),
    executeOp: (...args: Parameters<Binding['executeOp']>) => made(binding.executeOp(...args)),
    deleteTensor: (id: number) => {
      held--
      binding.deleteTensor(id)
    },
  }
  // The binding's own properties cannot be replaced: ours stand before them.
  backend.binding = Object.create(binding, Object.getOwnPropertyDescriptors(counted))
  return () => held
}

const native = engineStatuses().some(({ name, available }) => name === 'native' && available)
const cases = [
  { engine: 'native', step: 'compiled', warmUp: 1000, steps: 4000 },
  { engine: 'native', step: 'eager', warmUp: 150, steps: 250 },
  { engine: 'wasm', step: 'eager', warmUp: 150, steps: 250 },
] as const

/** Collections and allocators leave a few megabytes more or less. The images of 4,000 batches, left behind, would be 33; of 250, their count tells. */
const MOST_GROWTH = 24e6

for (const { engine, step, warmUp, steps } of cases)
  test.runIf(engine === 'wasm' || native)(`${steps} steps leave nothing behind: ${engine}, ${step}`, async () => {
    vi.stubEnv('FERMENT_STEP', step === 'eager' ? 'eager' : undefined)
    const opened = await openEngine({ engine })
    const held = countBinding()
    const session = await sessionOn(opened)
    const sampleWeight = new Float32Array(BATCH).fill(1)
    let done = 0
    const run = async (count: number) => {
      for (let end = done + count; done < end; ) {
        await session.train({ batch, sampleWeight, learningRate: 0.001, step: ++done })
        if (done % 100 === 0) await session.evaluate(batch)
      }
    }
    // What is made once (the graph's buffers, compiled code, heaps of their final size) is made in the first steps.
    await run(warmUp)
    const before = { tensors: tf.memory().numTensors, held: held(), bytes: residentBytes() }
    await run(steps)
    expect(tf.memory().numTensors).toBe(before.tensors)
    expect(held()).toBe(before.held)
    expect(residentBytes() - before.bytes).toBeLessThan(MOST_GROWTH)
    session.close()
  })
