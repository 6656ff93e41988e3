import type { Augmentation, Preprocessing, Semantics, Training } from '../../../schema/recipe.ts'
import type { Dataset, Part } from '../dataset.ts'
import type { Statistics } from '../preprocessing/step_row.ts'

export type BatchOptions = {
  dataset: Pick<Dataset, 'images' | 'labels' | 'targets' | 'imageShape' | 'classes'>
  part: Part
  /** Row numbers of the part. */
  rows: Int32Array
  batchSize: number
  /** A fresh order of the training images each epoch. Means nothing for the other parts. */
  shuffle: boolean
  /** `all`: each image once an epoch; `floor`: rows // batchSize steps. */
  stepsPolicy: Training['steps_per_epoch']
  preprocessing: Preprocessing
  /** Of the training images, where a step of the preprocessing needs them. */
  statistics?: Statistics | null
  augmentation: Augmentation
  semantics: Semantics
  /** Of the run. */
  seed: number
}
