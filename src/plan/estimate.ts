import type { Training } from '../../schema/recipe.ts'
import { stepsPerEpoch } from '../data/batches/epoch_order.ts'
import type { Sizes } from '../data/part_counts.ts'
import { elements } from '../elements.ts'
import { buildNetwork } from '../model/build_network.ts'
import type { Network } from '../model/network.ts'
import { weightsKept } from '../train/callbacks/table.ts'
import type { PlannedRun } from './planned_run.ts'

/** How fast a kind of engine is: seconds of a step = FLOP / rate + parameters × `parameter` + `step`. */
type Rate = { flops: number; parameter: number; step: number }

export type EngineKind = { name: 'native' | 'webgpu' | 'wasm'; gpu: boolean; cores: number }

/** Speed of an earlier run, or of a few steps that were timed. `imageShape`: as the network saw it. */
export type Measured = {
  from: 'records' | 'steps'
  model: Parameters<typeof buildNetwork>[0]
  imageShape: readonly number[]
  classes: number
  batchSize: number
  precision: Training['precision']
  engine: string
  gpu: boolean
  imagesPerSecond: number
}

/** Before the first step: process, library, data, weights. */
const START_SECONDS = 5
/** A forward pass against a whole step: 0.36 to 0.4 for the paper's networks at batch 32. */
const FORWARD_SHARE = 0.36
/** The formula is compared with so many earlier runs and so many timed steps: the newest of each. */
const CALIBRATE_BY = 12

/** Floating-point operations of one image's forward pass: two for each use of a kernel's value. What has no kernel costs next to nothing. */
export const forwardFlops = ({ weights, layers }: Network): number => {
  const outputs = new Map(layers.map(({ name, outputShape }) => [name, outputShape]))
  return weights.reduce((sum, { name, shape }) => {
    if (shape.length < 2) return sum
    const [height = 1, width = 1] = shape.length === 4 ? (outputs.get(name.slice(0, name.lastIndexOf('/'))) ?? []) : []
    return sum + 2 * height * width * elements(shape)
  }, 0)
}

type Work = { network: Network; training: Training; model: unknown; sizes: Sizes }

/**
 * Estimates wall times of runs that no callback ends early: by an earlier run of the same network, batch size and engine; else by steps of it
 * that were timed; else by the formula, corrected by how far it was off for the network on this engine that is nearest in the time of a step;
 * else by the formula alone.
 * @param measured oldest first
 */
export const estimator = (engine: EngineKind, measured: readonly Measured[]): ((work: Work) => PlannedRun['estimate']) => {
  const here = measured.filter((one) => one.engine === engine.name && one.gpu === engine.gpu)
  const bySame = new Map(inOrder(here).map((one) => [keyOf(one), one]))
  const rate = rateOf(engine)
  const correction = corrector(here, rate)
  return ({ network, training, model, sizes }) => {
    const known = bySame.get(
      keyOf({ model, imageShape: network.inputShape, batchSize: training.batch_size, precision: training.precision }),
    )
    const computed = formulaPerImage(network, training.batch_size, rate)
    const ratio = correction(computed * training.batch_size)
    const perImage = known ? 1 / known.imagesPerSecond : computed * (ratio ?? 1)
    const trained = stepsPerEpoch(sizes.train, training.batch_size, training.steps_per_epoch) * training.batch_size * training.epochs
    const tests = weightsKept(training.callbacks).has('best') ? 2 : 1
    const evaluated = sizes.validation * training.epochs + sizes.test * tests
    const from = known?.from ?? (ratio === undefined ? 'formula' : 'measured')
    return { seconds: START_SECONDS + perImage * (trained + FORWARD_SHARE * evaluated), from }
  }
}

/** The last counts: the newest, and a whole run more than a few steps. */
const inOrder = (measured: readonly Measured[]): Measured[] => [
  ...measured.filter(({ from }) => from === 'steps'),
  ...measured.filter(({ from }) => from === 'records'),
]

type Key = Pick<Measured, 'imageShape' | 'batchSize' | 'precision'> & { model: unknown }

const keyOf = ({ model, imageShape, batchSize, precision }: Key): string => JSON.stringify([model, imageShape, batchSize, precision])

/**
 * The native engine's compiled step on two AVX-512 cores took 48 ms for the base CNN at batch 4 and 210 at 32, 109 and 400 for VGG16; these four
 * give the last row. wasm: 4 images/s. A GPU: a guess, of the order of a small card. `setup` times a network to correct them.
 */
const rateOf = ({ name, gpu, cores }: EngineKind): Rate => {
  if (gpu) return { flops: 5e12, parameter: 1e-10, step: 0.005 }
  if (name !== 'native') return { flops: 1e10, parameter: 1e-8, step: 0.02 }
  return { flops: 200e9 * Math.min(cores, 16), parameter: 4.7e-9, step: 0.001 }
}

/**
 * The factor that corrects the formula for a step of a given length: that of the measured network whose step is nearest in length. Small networks
 * also pay for what the formula leaves out, such as the start of each operation, so that they say little about large ones.
 */
const corrector = (here: readonly Measured[], rate: Rate): ((stepSeconds: number) => number | undefined) => {
  const [steps, records] = [here.filter(({ from }) => from === 'steps'), here.filter(({ from }) => from === 'records')]
  const newest = new Map([...steps.slice(-CALIBRATE_BY), ...records.slice(-CALIBRATE_BY)].map((one) => [keyOf(one), one]))
  const known = [...newest.values()].flatMap(({ model, imageShape, classes, batchSize, imagesPerSecond }) => {
    const built = buildNetwork(model, imageShape, classes)
    if (!built.ok) return []
    const computed = formulaPerImage(built.network, batchSize, rate)
    return [{ stepSeconds: computed * batchSize, ratio: 1 / imagesPerSecond / computed }]
  })
  return (stepSeconds) => {
    const distance = (one: (typeof known)[number]) => Math.abs(Math.log(one.stepSeconds / stepSeconds))
    return known.sort((a, b) => distance(a) - distance(b))[0]?.ratio
  }
}

const formulaPerImage = (network: Network, batchSize: number, { flops, parameter, step }: Rate): number => {
  const parameters = network.layers.reduce((sum, layer) => sum + layer.trainableParameters, 0)
  return (3 * forwardFlops(network)) / flops + (parameters * parameter + step) / batchSize
}
