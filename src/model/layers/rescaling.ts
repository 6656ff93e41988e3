import { add, mul } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** x · scale + offset. Shape kept. Source: Keras Rescaling. */
export const rescaling: LayerRow<SpecOf<'rescaling'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  forward: ({ spec: { scale, offset }, inputs }) => ({ output: add(mul(only(inputs), scale), offset) }),
}
