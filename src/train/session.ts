import type { Loss, Optimizer, Semantics } from '../../schema/recipe.ts'
import type { Batch } from '../data/dataset.ts'
import { elements } from '../elements.ts'
import type { Engine, State } from '../engine/engine.ts'
import type { Network, NoiseSpec } from '../model/network.ts'
import type { Precision } from '../model/precision.ts'
import { randomOf } from '../random.ts'
import { lossScaleState, SKIPPED_STEPS } from './loss_scale.ts'
import { slotName } from './optimizers/apply_gradients.ts'
import { AVERAGE, optimizerScalars, optimizerSlots, updatesWeights } from './optimizers/table.ts'
import { accumulateStep, evaluateStep, noiseInput, scalarInput, trainStep } from './step.ts'

export type SessionOptions = {
  engine: Pick<Engine, 'load'>
  network: Network
  optimizer: Optimizer
  loss: Loss
  semantics: Semantics
  precision: Precision
  /** Seed of the random numbers that layers take. */
  seed: number
  /** Values to start from, by `WeightSpec.name`. */
  weights: State
  /** Batch sizes that will occur: a step is built for each. */
  trainSizes: readonly number[]
  evaluateSizes: readonly number[]
}

/** A network on an engine, ready to train and evaluate. */
export type Session = {
  network: Network
  /** One step. `step` counts from 1 over all epochs; `sampleWeight` has one number an image. Gives the batch's mean loss and how many it got right. */
  train: (args: {
    batch: Batch
    sampleWeight: Float32Array
    learningRate: number
    step: number
  }) => Promise<{ loss: number; correct: number }>
  /** Loss of each image, output [size, classes], and the penalty of the regularizers. */
  evaluate: (batch: Batch) => Promise<{ losses: Float32Array; output: Float32Array; penalty: number }>
  /** Weights and optimizer slots, by name. */
  read: () => Promise<Record<string, Float32Array>>
  write: (state: Record<string, Float32Array>) => Promise<void>
  /** Puts the weights' moving averages in their place, where the optimizer keeps them: at the end of a training. */
  useAverages: () => Promise<void>
  close: () => void
}

/** Builds the steps on the engine and fills in the initial state. */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const { engine, network, optimizer, semantics, seed, trainSizes, evaluateSizes } = options
  const program = await engine.load(
    byName([
      ...trainSizes.map((size) => [`train_${size}`, trainStep(options, size)] as const),
      ...(optimizer.gradient_accumulation_steps > 1
        ? trainSizes.map((size) => [`accumulate_${size}`, accumulateStep(options, size)] as const)
        : []),
      ...evaluateSizes.map((size) => [`evaluate_${size}`, evaluateStep(options, size)] as const),
    ]),
    initialState(options),
  )
  /** Steps that changed no weight, which optimizers do not count. */
  let skipped = 0
  const skippedIn = (values: Record<string, Float32Array>): number => values[SKIPPED_STEPS]?.[0] ?? skipped
  return {
    network,
    train: async ({ batch, sampleWeight, learningRate, step }) => {
      const counted = step - skipped
      const kind = updatesWeights(optimizer, counted) ? 'train' : 'accumulate'
      const outputs = await program.call(`${kind}_${batch.size}`, {
        x: batch.x,
        y: batch.y,
        sample_weight: sampleWeight,
        learning_rate: Float32Array.of(learningRate),
        ...byName(network.noise.map((noise) => [noiseInput(noise.name), noiseOf(noise, { seed, step, batch: batch.size })])),
        ...byName(
          Object.entries(optimizerScalars(optimizer, counted, semantics)).map(([name, value]) => [
            scalarInput(name),
            Float32Array.of(value),
          ]),
        ),
      })
      skipped = skippedIn(outputs)
      return { loss: outputs.loss?.[0] as number, correct: outputs.correct?.[0] as number }
    },
    evaluate: async (batch) => {
      const { losses, output, penalty } = await program.call(`evaluate_${batch.size}`, { x: batch.x, y: batch.y })
      return { losses: losses as Float32Array, output: output as Float32Array, penalty: penalty?.[0] as number }
    },
    read: program.read,
    write: async (state) => {
      await program.write(state)
      skipped = skippedIn(state)
    },
    useAverages: async () => {
      if (optimizer.use_ema) await program.write(averagesIn(await program.read(), network))
    },
    close: program.dispose,
  }
}

const byName = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> => Object.fromEntries(entries)

const initialState = ({ network, optimizer, weights, precision }: SessionOptions): State => {
  const state: State = lossScaleState(precision)
  for (const { name, shape, trainable } of network.weights) {
    const initial = weights[name]
    if (initial === undefined) throw new Error(`no initial values for the weight ${name}`)
    state[name] = initial
    if (!trainable) continue
    for (const [slot, start] of Object.entries(optimizerSlots(optimizer))) {
      state[slotName(slot, name)] = { shape, values: new Float32Array(elements(shape)).fill(start) }
    }
  }
  return state
}

/** The random numbers of a step for one layer: a function of seed, layer and step alone. */
const noiseOf = ({ name, shape, fill }: NoiseSpec, { seed, step, batch }: { seed: number; step: number; batch: number }): Float32Array => {
  const values = new Float32Array(batch * elements(shape))
  fill(values, randomOf({ seed, purpose: 'dropout', at: [name, step] }))
  return values
}

/** The moving average of every trained weight, by the weight's name. */
const averagesIn = (state: Readonly<Record<string, Float32Array>>, { weights }: Network): Record<string, Float32Array> =>
  byName(weights.filter(({ trainable }) => trainable).map(({ name }) => [name, state[slotName(AVERAGE, name)] as Float32Array]))
