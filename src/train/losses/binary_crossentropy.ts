import { add, clipByValue, greaterEqual, log, mean, mul, neg, softplus, sub, type Tensor, where, zerosLike } from '@tensorflow/tfjs-core'
import type { LossBinaryCrossentropy } from '../../../schema/recipe.ts'
import type { LossRow } from './loss.ts'
import { EPSILON } from './probabilities.ts'

/**
 * Mean over the classes, each a question of its own. Behind a sigmoid from the logits, so that an image that is surely wrong has its full
 * gradient; behind a softmax Keras finds logits too, and takes the sigmoid of them, whatever the output says. From anything else, from the
 * output within 1e-7 and 1 − 1e-7. Smoothed targets are y(1 − s) + s/2.
 * Source: keras.losses.binary_crossentropy of Keras 3.15 (`_get_logits`).
 */
export const binary_crossentropy: LossRow<LossBinaryCrossentropy> = (
  { label_smoothing: share },
  { y, logits, output, outputActivation },
) => {
  const target = share > 0 ? add(mul(y, 1 - share), share / 2) : y
  return mean(
    outputActivation === 'sigmoid' || outputActivation === 'softmax' ? fromLogits(target, logits) : fromProbabilities(target, output),
    -1,
  )
}

/** −y·log σ(x) − (1 − y)·log(1 − σ(x)), without loss of digits for any x. */
const fromLogits = (y: Tensor, x: Tensor): Tensor => {
  const isPositive = greaterEqual(x, 0)
  const size = where(isPositive, x, neg(x))
  return add(sub(where(isPositive, x, zerosLike(x)), mul(x, y)), softplus(neg(size)))
}

const fromProbabilities = (y: Tensor, output: Tensor): Tensor => {
  const p = clipByValue(output, EPSILON, 1 - EPSILON)
  return neg(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p)))))
}
