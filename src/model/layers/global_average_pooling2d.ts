import { mean } from '../../engine/tfjs.ts'
import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'

/** Mean over height and width: [h, w, c] → [c]. Source: Keras GlobalAveragePooling2D. */
export const global_average_pooling2d: LayerRow<SpecOf<'global_average_pooling2d'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => imageMisfit(only(inputs)) ?? [only(inputs).shape[2] as number],
  forward: ({ inputs }) => ({ output: mean(only(inputs), [1, 2]) }),
}
