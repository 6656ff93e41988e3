import type { Training } from '../../schema/recipe.ts'
import { buildNetwork } from '../model/build_network.ts'
import type { Network } from '../model/network.ts'
import type { PlannedRun } from './planned_run.ts'
import { type Sizes, stepsPerEpoch } from './steps.ts'

/** How fast a kind of engine is: seconds of a step = FLOP / rate + parameters × `parameter` + `step`. */
type Rate = { flops: number; parameter: number; step: number }

export type EngineKind = { name: 'native' | 'webgpu' | 'wasm'; gpu: boolean; cores: number }

/** Speed of an earlier run. `imageShape`: as the network saw it. */
export type Measured = {
  model: Parameters<typeof buildNetwork>[0]
  imageShape: readonly number[]
  classes: number
  batchSize: number
  engine: string
  gpu: boolean
  imagesPerSecond: number
}

/** Before the first step: process, library, data, weights. */
const START_SECONDS = 5
/** A forward pass against a whole step. */
const FORWARD_SHARE = 1 / 3
/** Earlier runs that the formula is held against. */
const CALIBRATE_BY = 6

/**
 * The native engine's compiled step on two cores took 68 ms for the base CNN at batch 4 and 375 at 32, 153 and 674 for VGG16; these four
 * give the last row. wasm: 4 images/s. A GPU: a guess, of the order of a small card.
 */
const rateOf = ({ name, gpu, cores }: EngineKind): Rate => {
  if (gpu) return { flops: 5e12, parameter: 1e-10, step: 0.005 }
  if (name === 'wasm') return { flops: 1e10, parameter: 1e-8, step: 0.02 }
  return { flops: 105e9 * Math.min(cores, 16), parameter: 5.2e-9, step: 0.001 }
}

/** Floating-point operations of one image's forward pass: two for each use of a kernel's value. What has no kernel costs next to nothing. */
export const forwardFlops = ({ weights, layers }: Network): number => {
  const outputs = new Map(layers.map(({ name, outputShape }) => [name, outputShape]))
  return weights.reduce((sum, { name, shape }) => {
    if (shape.length < 2) return sum
    const [height = 1, width = 1] = shape.length === 4 ? (outputs.get(name.slice(0, name.lastIndexOf('/'))) ?? []) : []
    return sum + 2 * height * width * shape.reduce((product, size) => product * size, 1)
  }, 0)
}

type Work = { network: Network; training: Training; model: unknown; sizes: Sizes }

/**
 * Estimates wall times of runs that no callback ends early: by an earlier run of the same model, batch size and engine; else by the formula,
 * corrected by how far it was off for other models on this engine; else by the formula alone.
 */
export const estimator = (engine: EngineKind, earlier: readonly Measured[]): ((work: Work) => PlannedRun['estimate']) => {
  const here = earlier.filter((one) => one.engine === engine.name && one.gpu === engine.gpu)
  const bySame = new Map(here.map((one) => [keyOf(one.model, one.batchSize), one.imagesPerSecond]))
  const rate = rateOf(engine)
  const correction = correctionOf(here, rate)
  return ({ network, training, model, sizes }) => {
    const known = bySame.get(keyOf(model, training.batch_size))
    const perImage = known === undefined ? formulaPerImage(network, training.batch_size, rate) * (correction ?? 1) : 1 / known
    const trained = stepsPerEpoch(sizes.train, training) * training.batch_size * training.epochs
    const tests = training.callbacks.some(({ kind }) => kind === 'model_checkpoint') ? 2 : 1
    const judged = sizes.validation * training.epochs + sizes.test * tests
    const from = known !== undefined ? 'records' : correction !== undefined ? 'measured' : 'formula'
    return { seconds: START_SECONDS + perImage * (trained + FORWARD_SHARE * judged), from }
  }
}

const keyOf = (model: unknown, batchSize: number): string => JSON.stringify([model, batchSize])

const formulaPerImage = (network: Network, batchSize: number, { flops, parameter, step }: Rate): number => {
  const parameters = network.layers.reduce((sum, layer) => sum + layer.trainableParameters, 0)
  return (3 * forwardFlops(network)) / flops + (parameters * parameter + step) / batchSize
}

/** Median of measured against computed time an image, over the newest runs that differ. */
const correctionOf = (here: readonly Measured[], rate: Rate): number | undefined => {
  const newest = new Map(here.toReversed().map((one) => [keyOf(one.model, one.batchSize), one]))
  const ratios = [...newest.values()].slice(0, CALIBRATE_BY).flatMap(({ model, imageShape, classes, batchSize, imagesPerSecond }) => {
    const built = buildNetwork(model, imageShape, classes)
    return built.ok ? [1 / imagesPerSecond / formulaPerImage(built.network, batchSize, rate)] : []
  })
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]
}
