import type { Tensor4D } from '@tensorflow/tfjs-core'
import { maxPool } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'
import { pair, pooled } from './window.ts'

/** Largest value of each window: [h, w, c] → [h′, w′, c]. Source: Keras MaxPooling2D. */
export const max_pooling2d: LayerRow<SpecOf<'max_pooling2d'>> = {
  takes: 'one',
  outputShape: pooled,
  forward: ({ spec: { pool_size, strides, padding }, inputs }) => ({
    output: maxPool(only(inputs) as Tensor4D, pair(pool_size), pair(strides ?? pool_size), padding),
  }),
}
