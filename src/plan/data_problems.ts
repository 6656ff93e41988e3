import type { Spec } from '../../schema/recipe.ts'
import { limited, type Sizes } from './steps.ts'
import type { Told } from './told.ts'

/** What is known of a cell's data. */
export type DataFacts = {
  imageShape: readonly [number, number, number]
  classes: readonly string[]
  /** Images of each part, before any limit; missing where the data were never read. */
  sizes?: Sizes
  /** Images of each class. */
  classCounts?: readonly number[]
}

/** Batches and parts that the data are too few for. */
export const dataProblems = (spec: Spec, { sizes, classes, classCounts }: DataFacts): Told[] => {
  const whole = sizes ?? { train: Infinity, validation: Infinity, test: Infinity }
  return [
    ...batchProblems(spec, limited(whole, spec.limit)),
    ...(sizes && classCounts ? emptyClasses(spec, { sizes, classes, classCounts }) : []),
  ]
}

const batchProblems = ({ training }: Spec, { train, validation }: Sizes): Told[] => {
  const { batch_size: size, steps_per_epoch, validation_steps } = training
  const problem = (part: string, images: number, isFloor: boolean): Told[] => {
    if (images >= size) return []
    const what = `The ${part} set has ${images} images, fewer than a batch of ${size}`
    return [
      isFloor
        ? {
            code: 'batch_size_too_large',
            severity: 'error',
            at: ['training', 'batch_size'],
            message: `${what}: there is not one whole batch.`,
            hint: 'Use a smaller batch_size, or steps_per_epoch and validation_steps: all.',
          }
        : {
            code: 'batch_size_too_large',
            severity: 'warning',
            at: ['training', 'batch_size'],
            message: `${what}: every step is of the whole set.`,
          },
    ]
  }
  return [
    ...problem('training', train, steps_per_epoch === 'floor'),
    // A last batch that is smaller costs nothing when evaluating; a validation without any step does.
    ...(validation_steps === 'floor' ? problem('validation', validation, true) : []),
  ]
}

type Counted = { sizes: Sizes; classes: readonly string[]; classCounts: readonly number[] }

/** A stratified split gives each class its share of each part, which for a rare class can be less than one image. */
const emptyClasses = ({ split }: Spec, { sizes, classes, classCounts }: Counted): Told[] => {
  if (split.kind !== 'stratified_holdout') return []
  const total = sizes.train + sizes.validation + sizes.test
  const emptyIn = (['validation', 'test'] as const).flatMap((part) => {
    const empty = classes.filter((_, label) => ((classCounts[label] ?? 0) * sizes[part]) / total < 0.5)
    return empty.length > 0 ? [`the ${part} set (${sizes[part]} images) has none of ${empty.join(', ')}`] : []
  })
  if (emptyIn.length === 0) return []
  const hint = 'Hold out more (test_size), or shift the balance (validation_of_test).'
  return [{ code: 'class_left_empty', severity: 'warning', at: ['split'], message: `By this split, ${emptyIn.join(' and ')}.`, hint }]
}
