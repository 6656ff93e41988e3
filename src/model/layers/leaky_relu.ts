import { leakyRelu } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** x above zero, negative_slope · x below. Shape kept. Source: Keras LeakyReLU. */
export const leaky_relu: LayerRow<SpecOf<'leaky_relu'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  forward: ({ spec: { negative_slope }, inputs }) => ({ output: leakyRelu(only(inputs), negative_slope) }),
}
