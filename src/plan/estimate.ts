import type { Training } from '../../schema/recipe.ts'
import type { Network } from '../model/network.ts'
import type { PlannedRun } from './planned_run.ts'
import { type Sizes, stepsPerEpoch } from './steps.ts'

/** How fast a kind of engine is: seconds of a step = FLOP / rate + parameters × `parameter` + `step`. */
export type Rate = { flops: number; parameter: number; step: number }

export type EngineKind = { name: 'native' | 'webgpu' | 'wasm'; gpu: boolean; cores: number }

/** Speed of an earlier run. */
export type Measured = { model: unknown; batchSize: number; engine: string; gpu: boolean; imagesPerSecond: number }

/** Before the first step: process, library, data, weights. */
const START_SECONDS = 5
/** A forward pass against a whole step. */
const FORWARD_SHARE = 1 / 3

/**
 * The eager native engine on two cores trained the base CNN with 30 images/s at batch 4 and 55 at 32, VGG16 with 15 and 30; these four
 * give the first row. wasm: 4 images/s. A GPU: a guess, of the order of a small card.
 */
export const rateOf = ({ name, gpu, cores }: EngineKind): Rate => {
  if (gpu) return { flops: 5e12, parameter: 1e-10, step: 0.005 }
  if (name === 'wasm') return { flops: 1e10, parameter: 1e-8, step: 0.02 }
  return { flops: 72e9 * Math.min(cores, 16), parameter: 8.5e-9, step: 0.025 }
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

/** Wall time of a run that no callback ends early. The last earlier run of the same model, batch size and engine tells best. */
export const estimate = (work: Work, engine: EngineKind, earlier: readonly Measured[]): PlannedRun['estimate'] => {
  const { training, sizes } = work
  const key = JSON.stringify(work.model)
  const like = earlier.findLast(
    (one) =>
      one.batchSize === training.batch_size && one.engine === engine.name && one.gpu === engine.gpu && JSON.stringify(one.model) === key,
  )
  const perImage = like ? 1 / like.imagesPerSecond : formulaPerImage(work, rateOf(engine))
  const trained = stepsPerEpoch(sizes.train, training) * training.batch_size * training.epochs
  const tests = training.callbacks.some(({ kind }) => kind === 'model_checkpoint') ? 2 : 1
  const judged = sizes.validation * training.epochs + sizes.test * tests
  return { seconds: START_SECONDS + perImage * (trained + FORWARD_SHARE * judged), from: like ? 'records' : 'formula' }
}

const formulaPerImage = ({ network, training }: Work, { flops, parameter, step }: Rate): number => {
  const parameters = network.layers.reduce((sum, layer) => sum + layer.trainableParameters, 0)
  return (3 * forwardFlops(network)) / flops + (parameters * parameter + step) / training.batch_size
}
