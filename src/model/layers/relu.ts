import type { Tensor } from '@tensorflow/tfjs-core'
import { relu as rectified } from '../../engine/ops/register_ops.ts'
import { add, clipByValue, mul, neg, step, sub } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** What is above the threshold, at most `max_value`. */
const above = (x: Tensor, { threshold, max_value }: SpecOf<'relu'>): Tensor => {
  const positive = threshold === 0 ? rectified(x) : mul(x, step(sub(x, threshold)))
  return max_value === undefined ? positive : clipByValue(positive, 0, max_value)
}

/** min(x, max_value) above the threshold, negative_slope · (x − threshold) below. Shape kept. Source: Keras ReLU, `keras.activations.relu`. */
export const relu: LayerRow<SpecOf<'relu'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  forward: ({ spec, inputs }) => {
    const x = only(inputs)
    if (spec.negative_slope === 0) return { output: above(x, spec) }
    const below = rectified(spec.threshold === 0 ? neg(x) : add(neg(x), spec.threshold))
    return { output: sub(above(x, spec), mul(below, spec.negative_slope)) }
  },
}
