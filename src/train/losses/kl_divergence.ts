import { clipByValue, div, log, mul, sum } from '@tensorflow/tfjs-core'
import type { LossKlDivergence } from '../../../schema/recipe.ts'
import type { LossRow } from './loss.ts'
import { EPSILON } from './probabilities.ts'

/** Σ y·log(y/p), both within 1e-7 and 1; no gradient beyond. Source: keras.losses.kl_divergence of Keras 3.15. */
export const kl_divergence: LossRow<LossKlDivergence> = (_spec, { y, output }) => {
  const target = clipByValue(y, EPSILON, 1)
  return sum(mul(target, log(div(target, clipByValue(output, EPSILON, 1)))), -1)
}
