import { mersenne } from 'pure-rand/generator/mersenne'

/** The part of NumPy's `RandomState` that scikit-learn's splits draw from. */
export type NumpyRandom = {
  /** `RandomState.permutation`: a shuffled copy; of a number n, of 0…n−1. */
  permutation: (values: number | Int32Array) => Int32Array
}

/**
 * NumPy's `RandomState(seed)`: the generator MT19937, and integers by masked rejection, as NumPy has frozen them for all versions.
 * @param seed 0…2³²−1
 */
export const numpyRandom = (seed: number): NumpyRandom => {
  const generator = mersenne(seed | 0)

  /** 0…max, uniform: as many low bits as max has, drawn again until they are not above it. */
  const upTo = (max: number): number => {
    const mask = 2 ** (32 - Math.clz32(max)) - 1
    for (;;) {
      const value = (generator.next() & mask) >>> 0
      if (value <= max) return value
    }
  }

  const permutation = (values: number | Int32Array): Int32Array => {
    const order = typeof values === 'number' ? Int32Array.from({ length: values }, (_, index) => index) : values.slice()
    for (let last = order.length - 1; last > 0; last--) {
      const other = upTo(last)
      const held = order[last] as number
      order[last] = order[other] as number
      order[other] = held
    }
    return order
  }

  return { permutation }
}
