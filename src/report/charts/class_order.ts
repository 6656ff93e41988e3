import type { ConfusionMatrix } from '../metrics.ts'

/**
 * An order of the classes in which those that are taken for each other stand together: from the pair that is mixed up most, each class is followed
 * by the one of the rest that is mixed up most with it. A permutation of 0…n−1.
 */
export const confusionOrder = (matrix: ConfusionMatrix): number[] => {
  const rest = new Set(matrix.keys())
  const pairs = [...rest].flatMap((a) => [...rest].filter((b) => b > a).map((b) => ({ a, by: mixed(matrix, a, b) })))
  const order: number[] = []
  let next: number | undefined = pairs.length === 0 ? 0 : pairs.reduce((most, one) => (one.by > most.by ? one : most)).a
  while (next !== undefined && rest.delete(next)) {
    order.push(next)
    const from: number = next
    next = [...rest].reduce<number | undefined>(
      (most, one) => (most === undefined || mixed(matrix, from, one) > mixed(matrix, from, most) ? one : most),
      undefined,
    )
  }
  return order
}

/** How often two classes are taken for each other, as a share of their images. */
const mixed = (matrix: ConfusionMatrix, a: number, b: number): number =>
  (matrix[a]?.[b] ?? 0) / Math.max(1, sum(matrix[a] ?? [])) + (matrix[b]?.[a] ?? 0) / Math.max(1, sum(matrix[b] ?? []))

const sum = (row: readonly number[]): number => row.reduce((all, one) => all + one, 0)
