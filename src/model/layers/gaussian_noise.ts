import type { Tensor } from '@tensorflow/tfjs-core'
import { add } from '../../engine/tfjs.ts'
import type { NoiseSpec } from '../network.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

const fillNormal =
  (stddev: number): NoiseSpec['fill'] =>
  (values, { normal }) => {
    for (let index = 0; index < values.length; index++) values[index] = stddev * normal()
  }

/** While training, x + noise of mean 0. Shape kept. Source: Keras GaussianNoise. */
export const gaussian_noise: LayerRow<SpecOf<'gaussian_noise'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  noise: ({ stddev }, inputs, name) => (stddev > 0 ? [{ name, shape: only(inputs).shape, fill: fillNormal(stddev) }] : []),
  forward: ({ spec: { stddev }, name, inputs, noise, training }) => ({
    output: training && stddev > 0 ? add(only(inputs), noise[name] as Tensor) : only(inputs),
  }),
}
