import type { Tensor } from '@tensorflow/tfjs-core'
import { maximum, mul, rsqrt, square, sum } from '../../engine/tfjs.ts'
import { isMisfit, type LayerRow, type SpecOf, shapeText } from './layer.ts'
import { twoOfOneShape } from './two_inputs.ts'

/** Of a vector's squared length, below which it is not scaled up. Source: `keras.ops.normalize`'s ε, 1e-12. */
const LEAST = 1e-12

const ofLengthOne = (x: Tensor): Tensor => mul(x, rsqrt(maximum(sum(square(x), -1, true), LEAST)))

/** Product of two vectors: [n], [n] → [1]. Source: Keras Dot with axes 1. */
export const dot: LayerRow<SpecOf<'dot'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => {
    const shape = twoOfOneShape(inputs)
    if (isMisfit(shape)) return shape
    if (shape.length === 1) return [1]
    return { code: 'needs_vector', at: ['inputs'], message: `needs two vectors, not images of ${shapeText(shape)}` }
  },
  forward: ({ spec: { normalize }, inputs }) => {
    const [first, second] = inputs.map((input) => (normalize ? ofLengthOne(input) : input)) as [Tensor, Tensor]
    return { output: sum(mul(first, second), -1, true) }
  },
}
