import type { Logs } from './callbacks/callback.ts'
import type { Evaluation } from './evaluate.ts'
import type { Epoch, FitState, Sums } from './fit_state.ts'

export const NO_SUMS: Sums = { loss: 0, correct: 0, images: 0, seconds: 0, steps: 0 }

/** Sums with one more step: its mean loss, how many of its images were right, and how long it took. */
export const withStep = (
  sums: Sums,
  { loss, correct, images, seconds }: { loss: number; correct: number; images: number; seconds: number },
): Sums => ({
  loss: sums.loss + loss * images,
  correct: sums.correct + correct,
  images: sums.images + images,
  seconds: sums.seconds + seconds,
  steps: sums.steps + 1,
})

/** Means over the images of the steps so far. */
export const meansOf = ({ loss, correct, images, seconds }: Sums) => ({
  loss: loss / images,
  accuracy: correct / images,
  imagesPerSecond: images / seconds,
})

/** What callbacks see of an epoch, as Keras names it: the validation loss counts the penalties. */
export const logsOf = (sums: Sums, { loss: val, penalty, accuracy: val_accuracy }: Evaluation): Logs => {
  const { loss, accuracy } = meansOf(sums)
  return { loss, accuracy, val_loss: val + penalty, val_accuracy }
}

/** The epoch as it is kept in the record. `validationSeconds` add to those of its steps. */
export const epochOf = ({ epoch, learningRate, sums }: FitState, logs: Logs, validationSeconds: number): Epoch => ({
  epoch: epoch + 1,
  loss: finite(logs.loss),
  accuracy: finite(logs.accuracy),
  val_loss: finite(logs.val_loss),
  val_accuracy: finite(logs.val_accuracy),
  learning_rate: learningRate,
  steps: sums.steps,
  seconds: sums.seconds + validationSeconds,
  images_per_second: meansOf(sums).imagesPerSecond,
})

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
