import type { Tensor } from '@tensorflow/tfjs-core'
import { add, mean, mul, rsqrt, square, sub } from '../../engine/tfjs.ts'
import type { WeightSpec } from '../network.ts'
import type { LayerForward } from './layer.ts'
import { weightOf } from './weight.ts'

type Learned = { center: boolean; scale: boolean; trainable: boolean }

/** What a normalization learns: a factor γ and an offset β for each channel. */
export const learnedWeights = ({ center, scale, trainable }: Learned, channels: number, name: string): WeightSpec[] => [
  ...(scale ? [weightOf({ name: `${name}/gamma`, shape: [channels], initializer: 'ones', trainable })] : []),
  ...(center ? [weightOf({ name: `${name}/beta`, shape: [channels], initializer: 'zeros', trainable })] : []),
]

/** (x − mean) / √(variance + ε), both over `axes`; the variance is divided by the count. */
export const normalizedOver = (x: Tensor, axes: number[], epsilon: number): Tensor => {
  const centred = sub(x, mean(x, axes, true))
  return mul(centred, rsqrt(add(mean(square(centred), axes, true), epsilon)))
}

/** γ·x + β, as far as the layer learns them. */
export const scaledAndMoved = (x: Tensor, { spec, name, weights }: LayerForward<Learned>): Tensor => {
  const scaled = spec.scale ? mul(x, weights[`${name}/gamma`] as Tensor) : x
  return spec.center ? add(scaled, weights[`${name}/beta`] as Tensor) : scaled
}
