import { type NumpyRandom, numpyRandom } from './numpy_random.ts'

/**
 * scikit-learn's `StratifiedShuffleSplit(n_splits=1)`, to the row (checked against 1.9.1). Each group is represented in both parts by its
 * share, as far as whole rows allow.
 * @param groups group number of each row, 0…g−1 without gaps, in the order in which scikit-learn sorts the groups
 * @param trainSize rows of the first part
 * @param testSize rows of the second part
 * @returns row numbers of both parts, in random order
 */
export const stratifiedShuffleSplit = (
  groups: readonly number[],
  { trainSize, testSize, seed }: { trainSize: number; testSize: number; seed: number },
): { train: Int32Array; test: Int32Array } => {
  const members: number[][] = []
  for (const [row, group] of groups.entries()) {
    members[group] ??= []
    members[group].push(row)
  }
  const random = numpyRandom(seed)
  const counts = members.map((rows) => rows.length)
  const trainCounts = approximateMode(counts, trainSize, random)
  const testCounts = approximateMode(
    counts.map((count, group) => count - (trainCounts[group] as number)),
    testSize,
    random,
  )
  const train: number[][] = []
  const test: number[][] = []
  for (const [group, rows] of members.entries()) {
    const shuffled = Array.from(random.permutation(rows.length), (place) => rows[place] as number)
    const end = trainCounts[group] as number
    train.push(shuffled.slice(0, end))
    test.push(shuffled.slice(end, end + (testCounts[group] as number)))
  }
  return { train: random.permutation(Int32Array.from(train.flat())), test: random.permutation(Int32Array.from(test.flat())) }
}

/**
 * How many to draw of each group: its share rounded down, and one more for the largest remainders, ties broken at random.
 * Source: scikit-learn's `_approximate_mode`, with its order of floating-point operations.
 */
const approximateMode = (counts: readonly number[], draws: number, random: NumpyRandom): number[] => {
  const total = counts.reduce((all, count) => all + count, 0)
  const shares = counts.map((count) => (count / total) * draws)
  const drawn = shares.map(Math.floor)
  const remainders = shares.map((share, group) => share - (drawn[group] as number))
  let missing = draws - drawn.reduce((all, count) => all + count, 0)
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break
    const tied = remainders.flatMap((remainder, group) => (remainder === value ? [group] : []))
    const chosen = random.permutation(tied.length).subarray(0, missing)
    for (const place of chosen) drawn[tied[place] as number] = (drawn[tied[place] as number] as number) + 1
    missing -= chosen.length
  }
  return drawn
}
