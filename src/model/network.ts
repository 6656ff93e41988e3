import type { Tensor } from '@tensorflow/tfjs-core'
import type { ProblemCode } from '../../schema/problem_code.ts'
import type { Initializer, Layer, Semantics } from '../../schema/recipe.ts'
import type { Random } from '../random.ts'
import type { Precision } from './precision.ts'

/** Without the batch axis. */
export type Shape = readonly number[]

/** A weight to be made: `layer/part`, e.g. `conv2d_1/kernel`. */
export type WeightSpec = {
  name: string
  shape: Shape
  initializer: Initializer
  trainable: boolean
  /** Factors of the penalty on this weight; 0 for none. */
  l1: number
  l2: number
  /** The tensor of the pretrained file it is taken from, e.g. `block1_conv1/kernel` of VGG16; then the initializer is not used. */
  pretrained?: { weights: 'vgg16_imagenet'; tensor: string }
}

/** Random numbers that a training step is handed anew for every image. */
export type NoiseSpec = {
  /** That of the layer, or `layer/part` where it needs several. */
  name: string
  shape: Shape
  /** Fills the values of a batch, [batch, ...shape] row by row. */
  fill: (values: Float32Array, random: Random) => void
}

export type LayerSummary = { name: string; kind: Layer['kind']; outputShape: Shape; parameters: number; trainableParameters: number }

/** A model that fits together, with what a forward pass needs. */
export type Network = {
  inputShape: Shape
  /** [classes] */
  outputShape: Shape
  layers: readonly LayerSummary[]
  weights: readonly WeightSpec[]
  noise: readonly NoiseSpec[]
  /** Activation of the last layer. `logits` is before it, so that a loss can be computed from the logits. */
  outputActivation: 'softmax' | 'sigmoid' | 'linear' | 'other'
  forward: (args: ForwardArgs) => ForwardResult
}

export type ForwardArgs = {
  /** [batch, ...inputShape] */
  x: Tensor
  /** By `WeightSpec.name`. */
  weights: Record<string, Tensor>
  /** By `NoiseSpec.name`, each [batch, ...shape]; only when training. */
  noise: Record<string, Tensor>
  training: boolean
  /** Where Keras changed: today's or the paper's. */
  semantics: Semantics
  precision: Precision
}

export type ForwardResult = {
  /** [batch, classes], before the last layer's activation where that is softmax or sigmoid. */
  logits: Tensor
  /** [batch, classes], after it. */
  output: Tensor
  /** New values of weights that change while training without a gradient (moving averages), by name. */
  updates: Record<string, Tensor>
}

/** What does not fit, at which layer: `at` is a path into the model, e.g. `['layers', 3, 'pool_size']`. */
export type ModelProblem = { code: ProblemCode; at: readonly (string | number)[]; message: string; hint?: string; write?: string }
