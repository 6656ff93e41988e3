import { reshape } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** [h, w, c] → [h·w·c], row by row, channels innermost. Source: Keras Flatten. */
export const flatten: LayerRow<SpecOf<'flatten'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => [only(inputs).shape.reduce((product, extent) => product * extent, 1)],
  forward: ({ inputs }) => ({ output: reshape(only(inputs), [only(inputs).shape[0] as number, -1]) }),
}
