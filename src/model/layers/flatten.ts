import { elements } from '../../elements.ts'
import { reshape } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** [h, w, c] → [h·w·c], row by row, channels innermost. Source: Keras Flatten. */
export const flatten: LayerRow<SpecOf<'flatten'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => [elements(only(inputs).shape)],
  forward: ({ inputs }) => ({ output: reshape(only(inputs), [only(inputs).shape[0] as number, -1]) }),
}
