import { csvFormatRows } from 'd3-dsv'
import { writeWhole } from '../write_whole.ts'

export type Predictions = {
  /** Row numbers in the data set. */
  rows: ArrayLike<number>
  labels: ArrayLike<number>
  classes: readonly string[]
  /** [n, classes], row-major. */
  probabilities: Float32Array
}

/** A float32 needs at most nine significant digits; seven tell any two probabilities apart that matter. */
const DIGITS = 7

export const writePredictions = (file: string, predictions: Predictions): Promise<void> => writeWhole(file, predictionsCsv(predictions))

/** A CSV table of predicted probabilities, one line an image: row of the data set, label, probability of each class. */
const predictionsCsv = ({ rows, labels, classes, probabilities }: Predictions): string => {
  const lines = Array.from(rows, (row, index) => {
    const at = index * classes.length
    const values = Array.from(probabilities.subarray(at, at + classes.length), (value) => String(Number(value.toPrecision(DIGITS))))
    return [String(row), String(labels[index]), ...values]
  })
  return `${csvFormatRows([['row', 'label', ...classes], ...lines])}\n`
}
