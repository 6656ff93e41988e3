import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** While training, x · mask; the mask (0 or 1/(1−rate)) is handed to the step. Shape kept. Source: Keras Dropout. */
export const dropout: LayerRow<SpecOf<'dropout'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  masks: ({ rate }, inputs, name) => (rate > 0 ? [{ name, shape: only(inputs).shape, rate }] : []),
  forward: ({ spec: { rate }, name, inputs, masks, training }) => ({
    output: training && rate > 0 ? mul(only(inputs), masks[name] as Tensor) : only(inputs),
  }),
}
