import type { Random } from '../../../random.ts'

/** Beta(alpha, alpha), by Jöhnk's method: of two powers of uniform numbers that sum to at most 1, the share of the first. */
export const drawShare = (random: Random, alpha: number): number => {
  const power = () => (1 - random.uniform()) ** (1 / alpha)
  let [one, other] = [power(), power()]
  while (one + other > 1 || one + other === 0) [one, other] = [power(), power()]
  return one / (one + other)
}

/** Of a list of so many equal parts, each becomes share·itself + (1 − share)·the one before it, the first with the last. In its place. */
export const mixWithBefore = (values: Float32Array, parts: number, share: number): void => {
  const length = values.length / parts
  const last = values.slice(values.length - length)
  for (let at = values.length - 1; at >= 0; at--) {
    const before = (at >= length ? values[at - length] : last[at]) as number
    values[at] = share * (values[at] as number) + (1 - share) * before
  }
}
