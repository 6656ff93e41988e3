import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '../../engine/tfjs.ts'
import type { NoiseSpec } from '../network.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** Zero with probability `rate`, else 1/(1 − rate). */
const fillMask =
  (rate: number): NoiseSpec['fill'] =>
  (values, { uniform }) => {
    const keep = 1 / (1 - rate)
    for (let index = 0; index < values.length; index++) values[index] = uniform() < rate ? 0 : keep
  }

/** While training, x · mask. Shape kept. Source: Keras Dropout. */
export const dropout: LayerRow<SpecOf<'dropout'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  noise: ({ rate }, inputs, name) => (rate > 0 ? [{ name, shape: only(inputs).shape, fill: fillMask(rate) }] : []),
  forward: ({ spec: { rate }, name, inputs, noise, training }) => ({
    output: training && rate > 0 ? mul(only(inputs), noise[name] as Tensor) : only(inputs),
  }),
}
