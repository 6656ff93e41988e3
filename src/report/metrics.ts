/** Counts: true classes in rows, predicted in columns. */
export type ConfusionMatrix = readonly (readonly number[])[]

/** Fractions, as scikit-learn's `precision_recall_fscore_support(zero_division=0)`: 0 where nothing was predicted or nothing is there. */
export type ClassMetrics = { precision: number; recall: number; f1: number; support: number }

export const total = (matrix: ConfusionMatrix): number => sum(matrix.map(sum))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Sum of the diagonal: right answers. */
export const right = (matrix: ConfusionMatrix): number => sum(matrix.map((row, index) => row[index] ?? 0))

/** Share of right answers; 0 for an empty matrix. */
export const accuracy = (matrix: ConfusionMatrix): number => ratio(right(matrix), total(matrix))

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Each row as shares of its true class; a class without images is a row of zeros. */
export const rowShares = (matrix: ConfusionMatrix): number[][] => matrix.map((row) => row.map((count) => ratio(count, sum(row))))

/** Precision, recall, F1 and support of each class, in order. */
export const classMetrics = (matrix: ConfusionMatrix): ClassMetrics[] =>
  matrix.map((row, index) => {
    const hits = row[index] ?? 0
    const support = sum(row)
    const predicted = sum(matrix.map((other) => other[index] ?? 0))
    return { precision: ratio(hits, predicted), recall: ratio(hits, support), f1: ratio(2 * hits, predicted + support), support }
  })

/** The plain mean over classes (scikit-learn's `macro`), and the mean weighted by support (`weighted`). */
export const averages = (classes: readonly ClassMetrics[]): { macro: ClassMetrics; weighted: ClassMetrics } => {
  const support = sum(classes.map((one) => one.support))
  const average = (weightOf: (one: ClassMetrics) => number): ClassMetrics => {
    const whole = sum(classes.map(weightOf))
    const of = (pick: (one: ClassMetrics) => number) => ratio(sum(classes.map((one) => pick(one) * weightOf(one))), whole)
    return { precision: of((one) => one.precision), recall: of((one) => one.recall), f1: of((one) => one.f1), support }
  }
  return { macro: average(() => 1), weighted: average((one) => one.support) }
}

/** Mean counts over matrices of one shape (several seeds); fractions where the seeds differ. */
export const meanMatrix = (matrices: readonly ConfusionMatrix[]): number[][] =>
  (matrices[0] ?? []).map((row, i) => row.map((_, j) => sum(matrices.map((matrix) => matrix[i]?.[j] ?? 0)) / matrices.length))
