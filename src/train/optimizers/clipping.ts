import type { Tensor } from '@tensorflow/tfjs-core'
import type { Optimizer } from '../../../schema/recipe.ts'
import { add, clipByValue, div, maximum, minimum, mul, sqrt, square, sub, sum } from '../../engine/tfjs.ts'

type Clipping = Pick<Optimizer, 'clipnorm' | 'global_clipnorm' | 'clipvalue'>

/** The gradients as an optimizer takes them. Source: `_clip_gradients` of Keras 3.15. */
export const clipped = ({ clipnorm, global_clipnorm, clipvalue }: Clipping, gradients: readonly Tensor[]): readonly Tensor[] => {
  if (clipnorm !== undefined) return gradients.map((gradient) => byNorm(gradient, clipnorm))
  if (global_clipnorm !== undefined) return byGlobalNorm(gradients, global_clipnorm)
  if (clipvalue !== undefined) return gradients.map((gradient) => clipByValue(gradient, -clipvalue, clipvalue))
  return gradients
}

/** g · limit / max(|g|, limit) */
const byNorm = (gradient: Tensor, limit: number): Tensor => div(mul(gradient, limit), maximum(sqrt(sum(square(gradient))), limit))

/** All of them · min(limit / |all|, 1); not a number where the norm is none. */
const byGlobalNorm = (gradients: readonly Tensor[], limit: number): Tensor[] => {
  const norm = sqrt(gradients.map((gradient) => sum(square(gradient))).reduce((total, one) => add(total, one)))
  const scale = add(mul(minimum(div(1, norm), 1 / limit), limit), sub(norm, norm))
  return gradients.map((gradient) => mul(gradient, scale))
}
