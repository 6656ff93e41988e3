import { type LayerRow, only, type SpecOf } from './layer.ts'
import { dropoutRow } from './mask.ts'

/** Dropout of all of an image's values together. Shape kept. Source: Huang et al. 2016, Deep Networks with Stochastic Depth; timm's DropPath. */
export const drop_path: LayerRow<SpecOf<'drop_path'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  ...dropoutRow((shape) => shape.map(() => 1)),
}
