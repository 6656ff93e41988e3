import type { Initializer } from '../../schema/recipe.ts'
import { elements } from '../elements.ts'
import type { Random } from '../random.ts'
import type { Shape } from './network.ts'
import { orthogonal } from './orthogonal.ts'

/** Standard deviation of a standard normal distribution cut off at ±2, by which Keras divides so that the cut one has the wanted one. */
const TRUNCATED_DEVIATION = 0.87962566103423978

/** Inputs and outputs of a unit: of a kernel [...window, in, out] its window times in and out. Source: keras.initializers.compute_fans. */
const fansOf = (shape: Shape): { fanIn: number; fanOut: number } => {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 }
  const window = elements(shape.slice(0, -2))
  return { fanIn: window * (shape.at(-2) as number), fanOut: window * (shape.at(-1) as number) }
}

/** Limit of Keras' RandomUniform, deviation of its RandomNormal and, before it is truncated, of its TruncatedNormal. */
const RANDOM = 0.05

type Fill = (values: Float32Array, variance: number, random: Random) => void

/** Uniform in ±√(3·variance), which has that variance. */
const uniform: Fill = (values, variance, random) => {
  const limit = Math.sqrt(3 * variance)
  for (let index = 0; index < values.length; index++) values[index] = (2 * random.uniform() - 1) * limit
}

/**
 * Normal, drawn again where it is beyond two standard deviations. Box and Muller's method gives two values at a time, and a vgg16 wants
 * fifteen million of them.
 */
const truncatedNormal: Fill = (values, variance, random) => {
  const deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION
  let index = 0
  const take = (value: number) => {
    if (Math.abs(value) < 2 && index < values.length) values[index++] = value * deviation
  }
  while (index < values.length) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()))
    const angle = 2 * Math.PI * random.uniform()
    take(radius * Math.cos(angle))
    take(radius * Math.sin(angle))
  }
}

type Fans = ReturnType<typeof fansOf>

/** Variance scaling: the variance is a factor divided by a number of connections, at least 1. Source: keras.initializers.VarianceScaling. */
const scaled = (fill: Fill, factor: number, connections: (fans: Fans) => number) => (values: Float32Array, shape: Shape, random: Random) =>
  fill(values, factor / Math.max(1, connections(fansOf(shape))), random)

const average = ({ fanIn, fanOut }: Fans) => (fanIn + fanOut) / 2
const fanIn = (fans: Fans) => fans.fanIn

/** Fill the values of a new weight of a shape. The distributions are Keras'; the numbers are those of `random`. */
export const initializers: Readonly<Record<Initializer, (values: Float32Array, shape: Shape, random: Random) => void>> = {
  glorot_uniform: scaled(uniform, 1, average),
  glorot_normal: scaled(truncatedNormal, 1, average),
  he_uniform: scaled(uniform, 2, fanIn),
  he_normal: scaled(truncatedNormal, 2, fanIn),
  lecun_uniform: scaled(uniform, 1, fanIn),
  lecun_normal: scaled(truncatedNormal, 1, fanIn),
  random_uniform: (values, _shape, random) => uniform(values, RANDOM ** 2 / 3, random),
  random_normal: (values, _shape, { normal }) => {
    for (let index = 0; index < values.length; index++) values[index] = RANDOM * normal()
  },
  truncated_normal: (values, _shape, random) => truncatedNormal(values, (RANDOM * TRUNCATED_DEVIATION) ** 2, random),
  orthogonal: (values, shape, random) => values.set(orthogonal(shape, random)),
  zeros: (values) => values.fill(0),
  ones: (values) => values.fill(1),
}
