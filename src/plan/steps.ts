import type { Limit, Training } from '../../schema/recipe.ts'

/** Images of each part. */
export type Sizes = { train: number; validation: number; test: number }

/** What is left of the parts under a limit. */
export const limited = (sizes: Sizes, limit: Limit): Sizes => ({
  train: Math.min(sizes.train, limit.train ?? Infinity),
  validation: Math.min(sizes.validation, limit.validation ?? Infinity),
  test: Math.min(sizes.test, limit.test ?? Infinity),
})

/** Training steps of one epoch. */
export const stepsPerEpoch = (images: number, { batch_size, steps_per_epoch }: Training): number =>
  steps_per_epoch === 'floor' ? Math.floor(images / batch_size) : Math.ceil(images / batch_size)
