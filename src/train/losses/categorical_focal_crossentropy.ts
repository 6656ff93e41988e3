import { log, mul, neg, pow, sub, sum } from '@tensorflow/tfjs-core'
import type { LossCategoricalFocalCrossentropy } from '../../../schema/recipe.ts'
import type { LossRow } from './loss.ts'
import { probabilities } from './probabilities.ts'

/**
 * −Σ α(1 − p)^γ·y·log p (Lin et al. 2017, equation 5). Unlike the plain cross-entropy Keras computes it from the clipped probabilities
 * behind a softmax too, so an image whose p is below 1e-7 has no gradient.
 * Source: keras.losses.categorical_focal_crossentropy of Keras 3.15; TensorFlow 2.4 has none.
 */
export const categorical_focal_crossentropy: LossRow<LossCategoricalFocalCrossentropy> = ({ alpha, gamma }, { y, output }) => {
  const p = probabilities(output)
  const weight = mul(pow(sub(1, p), gamma), alpha)
  return neg(sum(mul(weight, mul(y, log(p))), -1))
}
