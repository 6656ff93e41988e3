import type { Loss, Optimizer, Semantics, Training } from '../../../schema/recipe.ts'
import type { Batch } from '../../data/dataset.ts'
import { elements } from '../../elements.ts'
import type { Engine } from '../../engine/engine.ts'
import { initialWeights } from '../../model/initial_weights.ts'
import type { Network } from '../../model/network.ts'
import { precisionOf } from '../../model/precision.ts'
import { randomOf } from '../../random.ts'
import { openSession } from '../../train/session.ts'

/** Steps are timed for this long, but at least so many of them. */
const TIMED_MS = 1000
const LEAST_STEPS = 3
/** A graph is traced at the first step, and memory found at the second. */
const UNTIMED_STEPS = 2
const LEARNING_RATE = 1e-5

export type TimedStep = {
  network: Network
  batchSize: number
  precision: Training['precision']
  optimizer: Optimizer
  loss: Loss
  semantics: Semantics
}

/** Median wall time of a training step on an engine, in seconds. */
export const timeSteps = async (engine: Engine, { network, batchSize, precision, ...spec }: TimedStep): Promise<number> => {
  const session = await openSession({
    engine,
    network,
    ...spec,
    precision: precisionOf(precision, engine.arithmetic),
    seed: 0,
    weights: initialWeights(network, 0),
    trainSizes: [batchSize],
    evaluateSizes: [],
  })
  const batch = noise(network, batchSize)
  const sampleWeight = new Float32Array(batchSize).fill(1)
  let step = 0
  const timed = async (): Promise<number> => {
    const begun = performance.now()
    await session.train({ batch, sampleWeight, learningRate: LEARNING_RATE, step: ++step })
    return performance.now() - begun
  }
  while (step < UNTIMED_STEPS) await timed()
  const ms: number[] = []
  for (const begun = performance.now(); ms.length < LEAST_STEPS || performance.now() - begun < TIMED_MS; ) ms.push(await timed())
  session.close()
  return (ms.sort((a, b) => a - b)[Math.floor(ms.length / 2)] as number) / 1000
}

/** Noise for images, in the shape of the network's input: what is in them does not change how long a step takes. */
const noise = ({ inputShape, outputShape }: Network, size: number): Batch => {
  const { uniform, integer } = randomOf({ seed: 0, purpose: 'synthetic' })
  const classes = outputShape[0] as number
  const labels = Int32Array.from({ length: size }, () => integer(classes))
  const y = new Float32Array(size * classes)
  for (const [image, label] of labels.entries()) y[image * classes + label] = 1
  const pixels = size * elements(inputShape)
  return { size, x: Float32Array.from({ length: pixels }, () => uniform() * 2 - 1), y, labels }
}
