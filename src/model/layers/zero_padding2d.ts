import type { Tensor4D } from '@tensorflow/tfjs-core'
import { pad4d } from '../../engine/tfjs.ts'
import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { pair } from './window.ts'

/** Zeros on all four sides: [h, w, c] → [h + 2·vertical, w + 2·horizontal, c]. Source: Keras ZeroPadding2D. */
export const zero_padding2d: LayerRow<SpecOf<'zero_padding2d'>> = {
  takes: 'one',
  outputShape: ({ padding }, inputs) => {
    const misfit = imageMisfit(only(inputs))
    if (misfit) return misfit
    const [height, width, channels] = only(inputs).shape as [number, number, number]
    const [vertical, horizontal] = pair(padding)
    return [height + 2 * vertical, width + 2 * horizontal, channels]
  },
  forward: ({ spec: { padding }, inputs }) => {
    const [vertical, horizontal] = pair(padding)
    return {
      output: pad4d(only(inputs) as Tensor4D, [
        [0, 0],
        [vertical, vertical],
        [horizontal, horizontal],
        [0, 0],
      ]),
    }
  },
}
