import type { Tensor4D } from '@tensorflow/tfjs-core'
import { maxPool } from '../../engine/tfjs.ts'
import { imageMisfit, isMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { pair, windowed } from './window.ts'

/** Largest value of each window: [h, w, c] → [h′, w′, c]. Source: Keras MaxPooling2D. */
export const max_pooling2d: LayerRow<SpecOf<'max_pooling2d'>> = {
  takes: 'one',
  outputShape: ({ pool_size, strides, padding }, inputs) => {
    const misfit = imageMisfit(only(inputs))
    if (misfit) return misfit
    const { shape } = only(inputs)
    const extent = windowed(shape, { window: pool_size, strides: strides ?? pool_size, padding, field: 'pool_size' })
    return isMisfit(extent) ? extent : [...extent, shape[2] as number]
  },
  forward: ({ spec: { pool_size, strides, padding }, inputs }) => ({
    output: maxPool(only(inputs) as Tensor4D, pair(pool_size), pair(strides ?? pool_size), padding),
  }),
}
