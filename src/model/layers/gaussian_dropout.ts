import { type LayerRow, only, type SpecOf } from './layer.ts'
import { dropoutRow } from './mask.ts'

/** While training, x · noise of mean 1 and variance rate/(1−rate). Shape kept. Source: Keras GaussianDropout. */
export const gaussian_dropout: LayerRow<SpecOf<'gaussian_dropout'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  ...dropoutRow(
    (shape) => shape,
    (rate) => {
      const deviation = Math.sqrt(rate / (1 - rate))
      return (values, { normal }) => {
        for (let index = 0; index < values.length; index++) values[index] = 1 + deviation * normal()
      }
    },
  ),
}
