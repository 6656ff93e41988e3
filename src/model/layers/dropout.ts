import { type LayerRow, only, type SpecOf } from './layer.ts'
import { dropoutRow } from './mask.ts'

/** While training, x · mask of zeros and 1/(1−rate). Shape kept. Source: Keras Dropout. */
export const dropout: LayerRow<SpecOf<'dropout'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  ...dropoutRow((shape) => shape),
}
