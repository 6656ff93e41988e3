import type { BatchSource } from '../data/dataset.ts'
import { eventLoopTurns } from './event_loop.ts'
import type { Session } from './session.ts'

export type Evaluation = {
  /** Mean loss per image. */
  loss: number
  /** Penalty of the regularizers, which Keras adds to the validation loss. */
  penalty: number
  /** Share of right answers, in [0, 1]. */
  accuracy: number
  /** [n, classes], row-major. */
  probabilities: Float32Array
  /** True class numbers, in the order of `probabilities`. */
  labels: Int32Array
}

/** Predicted class of each image; probabilities [n, classes] row-major. */
export const predictedClasses = (probabilities: Float32Array, classes: number): Int32Array =>
  Int32Array.from({ length: probabilities.length / classes }, (_, image) => argmax(probabilities, image * classes, classes))

/** Index of the largest value of a row; the first of equal ones, as NumPy's argmax. */
const argmax = (values: Float32Array, start: number, count: number): number => {
  let best = 0
  for (let index = 1; index < count; index++) if ((values[start + index] as number) > (values[start + best] as number)) best = index
  return best
}

/** Counts [true class][predicted class], as scikit-learn's `confusion_matrix`. */
export const confusionMatrix = (labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] => {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let image = 0; image < labels.length; image++) {
    const row = matrix[labels[image] as number] as number[]
    row[predicted[image] as number] = (row[predicted[image] as number] as number) + 1
  }
  return matrix
}

/** The network's answers on all batches of an epoch of the source. */
export const evaluate = async (
  session: Session,
  batches: BatchSource,
  { epoch = 0, signal }: { epoch?: number; signal?: AbortSignal } = {},
): Promise<Evaluation> => {
  const classes = session.network.outputShape[0] as number
  const probabilities = new Float32Array(batches.images * classes)
  const labels = new Int32Array(batches.images)
  const turn = eventLoopTurns()
  let [seen, sum, penalty] = [0, 0, 0]
  for await (const batch of batches.epoch(epoch)) {
    await turn()
    signal?.throwIfAborted()
    const result = await session.evaluate(batch)
    probabilities.set(result.output, seen * classes)
    labels.set(batch.labels, seen)
    sum += result.losses.reduce((total, loss) => total + loss, 0)
    penalty = result.penalty
    seen += batch.size
  }
  // Where an epoch leaves out a random batch, its images may be fewer than the most there can be.
  const answers = { probabilities: probabilities.subarray(0, seen * classes), labels: labels.subarray(0, seen) }
  const predicted = predictedClasses(answers.probabilities, classes)
  const right = predicted.reduce((count, answer, image) => count + (answer === labels[image] ? 1 : 0), 0)
  return { loss: sum / seen, penalty, accuracy: right / seen, ...answers }
}
