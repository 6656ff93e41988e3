import type { RunRecord } from '../../schema/record.ts'
import type { Weights } from './measures.ts'

/** What a network answered on the test images, one entry an image. */
export type Predictions = {
  /** Rows of the data set. */
  rows: Int32Array
  /** True classes. */
  labels: Int32Array
  /** Classes of the largest probability, and those probabilities in 0…1. */
  predicted: Int32Array
  confidence: Float64Array
}

/** Predictions by run and weights, where they were kept. */
export type PredictionsOf = (record: RunRecord, weights: Weights) => Predictions | null

/** Reports that were given no predictions. */
export const noPredictions: PredictionsOf = () => null

/** 1 for every image that was answered rightly, 0 for the others. */
export const rightAnswers = ({ labels, predicted }: Predictions): Uint8Array =>
  Uint8Array.from(labels, (label, index) => (label === predicted[index] ? 1 : 0))

/** Whether two tests were on the same images in the same order. */
export const sameImages = (a: Predictions, b: Predictions): boolean =>
  a.rows.length === b.rows.length && a.rows.every((row, index) => row === b.rows[index])

type Answer = { row: number; label: number; probabilities: readonly number[] }

/** The answers of a run on its test images, as its file has them; null where there are none. */
export const condensed = (answers: readonly Answer[]): Predictions | null => {
  if (answers.length === 0) return null
  const most = answers.map(({ probabilities }) => Math.max(...probabilities))
  return {
    rows: Int32Array.from(answers, ({ row }) => row),
    labels: Int32Array.from(answers, ({ label }) => label),
    predicted: Int32Array.from(answers, ({ probabilities }, index) => probabilities.indexOf(most[index] ?? 0)),
    confidence: Float64Array.from(most),
  }
}
