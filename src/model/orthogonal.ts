import { elements } from '../elements.ts'
import type { Random } from '../random.ts'
import type { Shape } from './network.ts'

/**
 * Values of a weight that is an orthogonal matrix, its last axis the columns: columns at right angles, or rows where there are fewer of them.
 * Source: keras.initializers.Orthogonal of Keras 3.15; Saxe et al. 2014.
 */
export const orthogonal = (shape: Shape, random: Random): Float32Array => {
  const columns = shape.at(-1) as number
  const rows = elements(shape.slice(0, -1))
  const units = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random)
  const at = rows < columns ? (row: number, column: number) => units[row]?.[column] : (row: number, column: number) => units[column]?.[row]
  return Float32Array.from({ length: rows * columns }, (_, index) => at(Math.floor(index / columns), index % columns) as number)
}

/** So many unit vectors at right angles to each other, each of `length` ≥ `count` numbers: normal ones, by Gram and Schmidt, twice for precision. */
const orthonormal = (count: number, length: number, { normal }: Random): Float64Array[] => {
  const units: Float64Array[] = []
  while (units.length < count) {
    const vector = Float64Array.from({ length }, normal)
    for (const unit of [...units, ...units]) takeOut(vector, unit)
    const norm = Math.sqrt(dot(vector, vector))
    units.push(vector.map((value) => value / norm))
  }
  return units
}

/** Takes its part along `unit` out of `vector`. */
const takeOut = (vector: Float64Array, unit: Float64Array): void => {
  const share = dot(vector, unit)
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) - share * (unit[index] as number)
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0)
