/**
 * The largest difference of results in float32, relative to the largest value that is expected: in every place of a sum, rounding errors are of
 * that size, and processors round in different places. Of other numbers of values, or where one is not a number: NaN, which is less than nothing.
 * @param least  what the largest value counts as, where it is smaller
 */
export const relativeDifference = (actual: ArrayLike<number>, expected: ArrayLike<number>, least = Number.MIN_VALUE): number => {
  if (actual.length !== expected.length) return Number.NaN
  let [worst, scale] = [0, least]
  for (let index = 0; index < expected.length; index++) {
    scale = Math.max(scale, Math.abs(expected[index] as number))
    worst = Math.max(worst, Math.abs((actual[index] as number) - (expected[index] as number)))
  }
  return worst / scale
}
