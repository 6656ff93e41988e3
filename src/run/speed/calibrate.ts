import type { Layer, Model } from '../../../schema/recipe.ts'
import type { ChosenEngine } from '../../engine/choose/choose_engine.ts'
import type { EngineName } from '../../engine/engine.ts'
import { convolution } from '../../model/layers/vgg16.ts'
import { measureSpeeds, type SpeedTask } from './measure_speeds.ts'
import { readSpeeds, type Speed } from './speeds.ts'

const pool: Layer = { kind: 'max_pooling2d', pool_size: 2, strides: 2, padding: 'valid' }
const output: Layer = {
  kind: 'dense',
  units: 7,
  activation: 'softmax',
  use_bias: true,
  kernel_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
  trainable: true,
}

/**
 * A small network of what takes the time of larger ones: 1.3 GFLOP a training image of 48×48. Chosen of four whose speed was measured: the
 * formula is as far off for it as for the paper's networks, on average.
 */
const MODEL: Model = {
  layers: [...[64, 128, 512, 512].flatMap((filters) => [convolution(filters, true), pool]), { kind: 'flatten' }, output],
}

/**
 * Sees to it that the speed of the engine that a run would get here is known, so that plans of networks that were never trained are right
 * about their time: a few seconds, once.
 * @returns the speed, or null where it was known
 */
export const calibrate = async (engine: ChosenEngine, { signal }: { signal?: AbortSignal } = {}): Promise<Speed | null> => {
  const known = (await readSpeeds()).some((speed) => speed.engine === engine.name && speed.gpu === engine.gpu)
  if (known) return null
  const [speed] = await measureSpeeds([taskOf(engine)], {
    ...(signal ? { signal } : {}),
    ...(engine.required ? { engine: engine.name } : {}),
  })
  return speed ?? null
}

const taskOf = (engine: { name: EngineName; gpu: boolean }): SpeedTask => ({
  model: MODEL,
  imageShape: [48, 48, 1],
  classes: 7,
  batchSize: batchSizeOf(engine),
  precision: 'float32',
  optimizer: {
    kind: 'adam',
    learning_rate: 1e-5,
    weight_decay: 0,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-7,
    amsgrad: false,
    coupled_weight_decay: false,
    exclude_from_weight_decay: [],
    use_ema: false,
    ema_momentum: 0.99,
    gradient_accumulation_steps: 1,
  },
  loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
  semantics: 'keras-3',
})

/** A GPU is filled by many images; WebAssembly takes a second for eight. */
const batchSizeOf = ({ name, gpu }: { name: EngineName; gpu: boolean }): number => (gpu ? 256 : name === 'native' ? 16 : 4)
