import { createHash } from 'node:crypto'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** What a stream of random numbers is for. Streams of different keys are independent; the same key always gives the same stream. */
export type RandomKey = {
  seed: number
  /** `dropout`: whatever layers draw while training. */
  purpose: 'weights' | 'shuffle' | 'batch_order' | 'augmentation' | 'dropout' | 'synthetic' | 'bootstrap'
  /** What within the purpose: a weight's name, an epoch, a step, an image. */
  at?: readonly (string | number)[]
}

/** Draws numbers, one after another. */
export type Random = {
  /** Uniform in [0, 1), multiples of 2⁻³². */
  uniform: () => number
  /** Uniform integer in [0, below); `below` in 1…2³². Unbiased (rejection). */
  integer: (below: number) => number
  /** Standard normal, by Box and Muller's method. */
  normal: () => number
}

/**
 * The stream of a key. There is no hidden state: any epoch's or step's numbers can be had without drawing those before it, so a
 * resumed run is the same as an uninterrupted one. Source: xoroshiro128+ (pure-rand), its 128 bits of state from SHA-256 of the key.
 */
export const randomOf = ({ seed, purpose, at = [] }: RandomKey): Random => {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, purpose, ...at]))
    .digest()
  const generator = xoroshiro128plusFromState([hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), hash.readInt32LE(12) | 1])
  const next = () => generator.next() >>> 0
  const uniform = () => next() / 2 ** 32
  const integer = (below: number) => {
    const limit = 2 ** 32 - (2 ** 32 % below)
    let value = next()
    while (value >= limit) value = next()
    return value % below
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, integer, normal }
}

/** 0…n−1 in random order (Fisher and Yates). */
export const permutation = (random: Random, n: number): Int32Array => {
  const order = Int32Array.from({ length: n }, (_, index) => index)
  for (let last = n - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    const held = order[last] as number
    order[last] = order[other] as number
    order[other] = held
  }
  return order
}
