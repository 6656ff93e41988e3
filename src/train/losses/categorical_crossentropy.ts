import { add, log, logSoftmax, mul, neg, sum, type Tensor } from '@tensorflow/tfjs-core'
import type { LossCategoricalCrossentropy } from '../../../schema/recipe.ts'
import type { LossRow } from './loss.ts'
import { probabilities } from './probabilities.ts'

/**
 * −Σ y·log p, in nats. Behind a softmax from the logits, log p = log softmax(logits): nothing is clipped, so an image that is surely
 * wrong still has its full gradient p − y. Behind a sigmoid Keras finds logits too, and takes the softmax of them, whatever the output
 * says. From anything else, the output is made to sum to one and clipped at 1e-7.
 * Source: keras.losses.categorical_crossentropy of Keras 3.15 and TensorFlow 2.4 (`_keras_logits`).
 */
export const categorical_crossentropy: LossRow<LossCategoricalCrossentropy> = (spec, { y, logits, output, outputActivation }) => {
  const fromLogits = outputActivation === 'softmax' || outputActivation === 'sigmoid'
  const logP = fromLogits ? logSoftmax(logits) : log(probabilities(output))
  return neg(sum(mul(smoothed(y, spec.label_smoothing), logP), -1))
}

/** y(1 − s) + s/classes, rows still summing to one. */
const smoothed = (y: Tensor, share: number): Tensor => (share > 0 ? add(mul(y, 1 - share), share / (y.shape.at(-1) ?? 1)) : y)
