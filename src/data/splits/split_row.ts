import type { Dataset, Part, Split } from '../dataset.ts'
import type { DatasetDescription } from '../dataset_payload.ts'

/** What a split looks at. */
export type Splittable = Pick<Dataset, 'name' | 'classes' | 'usage'> & { labels: Uint8Array }

/** A kind of split. */
export type SplitRow<S> = {
  /** @throws UserError where the images cannot be divided so */
  split: (dataset: Splittable, spec: S) => Split
  /** Images of each part, without the labels being known. */
  sizes: (description: DatasetDescription, spec: S) => Record<Part, number>
}
