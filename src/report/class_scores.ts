import { type ConfusionMatrix, classMetrics } from './metrics.ts'
import { type Interval, wilsonInterval } from './statistics/intervals.ts'

export type Metric = 'f1' | 'precision' | 'recall'

/** A share with Wilson's interval over the images that it is a share of. */
export type Score = { value: number; interval: Interval | null; images: number }
export type ClassScores = Record<Metric, Score> & { name: string; support: number }

/** Precision, recall and F1 of each class, each with its interval over test images; `matrix` may hold mean counts. */
export const classScores = (matrix: ConfusionMatrix, names: readonly string[]): ClassScores[] =>
  classMetrics(matrix).map(({ precision, recall, f1, support }, index) => {
    const predicted = sum(matrix.map((row) => row[index] ?? 0))
    const hits = matrix[index]?.[index] ?? 0
    return {
      name: names[index] ?? `class ${index}`,
      support,
      precision: scoreOf(precision, predicted),
      recall: scoreOf(recall, support),
      f1: f1Of(f1, hits, support + predicted - hits),
    }
  })

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

const scoreOf = (value: number, images: number): Score => ({
  value,
  interval: images > 0 ? wilsonInterval({ share: value, images }) : null,
  images,
})

/**
 * F1 = 2J / (1 + J) of J, the share of right answers among the images that are of the class or were taken for it: its interval is J's Wilson interval
 * under the same formula, which rises with J.
 */
const f1Of = (value: number, hits: number, images: number): Score => {
  if (images === 0) return { value, interval: null, images }
  const [low, high] = wilsonInterval({ share: hits / images, images })
  const f1 = (share: number) => (2 * share) / (1 + share)
  return { value, interval: [f1(low), f1(high)], images }
}

/** Classes taken for others, the most images first. */
export type Mistake = { actual: string; predicted: string; images: number; share: number; claimed: number | null }

/** What is taken for what, with the share of the true class, and the paper's share where it has a matrix of the same classes. */
export const mistakesOf = (matrix: ConfusionMatrix, claimed: ConfusionMatrix | null, names: readonly string[]): Mistake[] => {
  const shareOf = (one: ConfusionMatrix, i: number, j: number) => (one[i]?.[j] ?? 0) / Math.max(1, sum(one[i] ?? []))
  const same = claimed !== null && claimed.length === matrix.length
  const all = matrix.flatMap((row, i) =>
    row.flatMap((images, j): Mistake[] =>
      i === j || images === 0
        ? []
        : [
            {
              actual: names[i] ?? '',
              predicted: names[j] ?? '',
              images,
              share: shareOf(matrix, i, j),
              claimed: same ? shareOf(claimed, i, j) : null,
            },
          ],
    ),
  )
  return all.toSorted((a, b) => b.images - a.images)
}
