import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { dropoutRow } from './mask.ts'

/** Dropout of whole channels: [h, w, c] with a mask of [1, 1, c]. Shape kept. Source: Keras SpatialDropout2D. */
export const spatial_dropout2d: LayerRow<SpecOf<'spatial_dropout2d'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => imageMisfit(only(inputs)) ?? only(inputs).shape,
  ...dropoutRow((shape) => [1, 1, shape.at(-1) as number]),
}
