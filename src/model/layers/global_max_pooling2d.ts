import type { GradSaveFunc, Tensor } from '@tensorflow/tfjs-core'
import { cast, customGrad, div, equal, max, mul, reshape, sum } from '../../engine/tfjs.ts'
import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'

/** TensorFlow divides the gradient of a maximum among equal values; tfjs would give each of them all of it. */
const maximum = (x: Tensor): Tensor =>
  customGrad((given, save) => {
    const image = given as Tensor
    const largest = max(image, [1, 2], true)
    ;(save as GradSaveFunc)([image, largest])
    return {
      value: reshape(largest, [image.shape[0] as number, image.shape[3] as number]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, top] = saved as [Tensor, Tensor]
        const isTop = cast(equal(input, top), 'float32')
        return div(mul(isTop, reshape(dy, top.shape)), sum(isTop, [1, 2], true))
      },
    }
  })(x)

/** Largest value of each channel: [h, w, c] → [c]. Source: Keras GlobalMaxPooling2D. */
export const global_max_pooling2d: LayerRow<SpecOf<'global_max_pooling2d'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => imageMisfit(only(inputs)) ?? [only(inputs).shape[2] as number],
  forward: ({ inputs }) => ({ output: maximum(only(inputs)) }),
}
