import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '../../engine/tfjs.ts'
import type { NoiseSpec, Shape } from '../network.ts'
import { type LayerForward, type LayerRow, only } from './layer.ts'

/** The row of a kind of dropout: what it sets to zero together has one number in `shapeOf`, whose axes of 1 are stretched over the input's. */
export const dropoutRow = <S extends { rate: number }>(
  shapeOf: (input: Shape) => Shape,
  fill: (rate: number) => NoiseSpec['fill'] = fillMask,
): Pick<LayerRow<S>, 'noise' | 'forward'> => ({
  noise: ({ rate }, inputs, name) => (rate > 0 ? [{ name, shape: shapeOf(only(inputs).shape), fill: fill(rate) }] : []),
  forward: timesNoise,
})

/** Of a layer that multiplies by noise while training, unless its rate is 0. */
const timesNoise = <S extends { rate: number }>({ spec: { rate }, name, inputs, noise, training }: LayerForward<S>) => ({
  output: training && rate > 0 ? mul(only(inputs), noise[name] as Tensor) : only(inputs),
})

/** Zero with probability `rate`, else 1/(1 − rate). */
const fillMask =
  (rate: number): NoiseSpec['fill'] =>
  (values, { uniform }) => {
    const keep = 1 / (1 - rate)
    for (let index = 0; index < values.length; index++) values[index] = uniform() < rate ? 0 : keep
  }
