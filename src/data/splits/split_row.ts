import type { Dataset, Split } from '../dataset.ts'

/** What a split looks at. */
export type Splittable = Pick<Dataset, 'name' | 'classes' | 'usage' | 'usageNames' | 'groups'> & {
  labels: Uint8Array
  /** Where it is known which images are the same. */
  first?: Int32Array
}

/** A kind of split. */
export type SplitRow<S> = {
  /** @throws UserError where the images cannot be divided so */
  split: (dataset: Splittable, spec: S) => Split
}
