import type { Tensor } from '@tensorflow/tfjs-core'
import type { Semantics } from '../../../schema/recipe.ts'
import { add, mean, mul, rsqrt, square, sub } from '../../engine/tfjs.ts'
import { type LayerForward, type LayerRow, only, type SpecOf } from './layer.ts'

type Spec = SpecOf<'batch_normalization'>

/** Mean and variance of each channel over all other axes, both [c]. The variance is the biased one: divided by the count. */
const moments = (x: Tensor) => {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1)
  const channelMean = mean(x, axes)
  return { mean: channelMean, variance: mean(square(sub(x, channelMean)), axes) }
}

/**
 * What the moving variance moves towards. Keras 2 used TensorFlow's fused kernel for images, which corrects by n/(n−1); Keras 3 does not.
 * Source: keras 2.4 BatchNormalizationBase._fused_batch_norm, keras 3 BatchNormalization.call.
 */
const observed = (variance: Tensor, x: Tensor, semantics: Semantics) => {
  const count = x.size / (x.shape.at(-1) as number)
  return semantics === 'keras-2.4' && x.rank === 4 ? mul(variance, count / Math.max(count - 1, 1)) : variance
}

/** γ·(x − mean)/√(variance + ε) + β */
const normalized = (
  { spec, name, inputs, weights }: LayerForward<Spec>,
  { mean: centre, variance }: { mean: Tensor; variance: Tensor },
) => {
  const inverse = rsqrt(add(variance, spec.epsilon))
  const factor = spec.scale ? mul(inverse, weights[`${name}/gamma`] as Tensor) : inverse
  const scaled = mul(sub(only(inputs), centre), factor)
  return spec.center ? add(scaled, weights[`${name}/beta`] as Tensor) : scaled
}

/**
 * Normalizes each channel; shape kept. While training by the batch's mean and variance, which the moving averages follow
 * (moving·momentum + batch·(1 − momentum)); otherwise, or with `trainable: false`, by the moving averages. Source: Keras BatchNormalization.
 */
export const batch_normalization: LayerRow<Spec> = {
  takes: 'one',
  float32: true,
  outputShape: (_spec, inputs) => only(inputs).shape,
  weights: ({ trainable, center, scale }, inputs, name) => {
    const common = { shape: [only(inputs).shape.at(-1) as number], l1: 0, l2: 0 }
    return [
      ...(scale ? [{ ...common, name: `${name}/gamma`, initializer: 'ones' as const, trainable }] : []),
      ...(center ? [{ ...common, name: `${name}/beta`, initializer: 'zeros' as const, trainable }] : []),
      { ...common, name: `${name}/moving_mean`, initializer: 'zeros', trainable: false },
      { ...common, name: `${name}/moving_variance`, initializer: 'ones', trainable: false },
    ]
  },
  forward: (args) => {
    const { spec, name, inputs, weights, training, semantics } = args
    const moving = { mean: weights[`${name}/moving_mean`] as Tensor, variance: weights[`${name}/moving_variance`] as Tensor }
    if (!training || !spec.trainable) return { output: normalized(args, moving) }
    const x = only(inputs)
    const batch = moments(x)
    const follow = (average: Tensor, value: Tensor) => add(mul(average, spec.momentum), mul(value, 1 - spec.momentum))
    return {
      output: normalized(args, batch),
      updates: {
        [`${name}/moving_mean`]: follow(moving.mean, batch.mean),
        [`${name}/moving_variance`]: follow(moving.variance, observed(batch.variance, x, semantics)),
      },
    }
  },
}
