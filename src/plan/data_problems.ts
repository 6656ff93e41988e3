import type { Spec } from '../../schema/recipe.ts'
import type { CellProblem } from '../cell_problem.ts'
import { limitedSizes } from '../data/apply_limit.ts'
import type { Sizes } from '../data/part_counts.ts'

/** What is known of a cell's data. */
export type DataFacts = {
  imageShape: readonly [number, number, number]
  classes: readonly string[]
  /** Images of each part, before any limit; missing where the data were never read. */
  sizes?: Sizes
  /** What the data room has to say of these data under the cell's spec. */
  problems?: readonly CellProblem[]
}

/** Batches and parts that the data are too few for, and what the data room says. */
export const dataProblems = (spec: Spec, { sizes, problems = [] }: DataFacts): CellProblem[] => {
  const whole = sizes ?? { train: Infinity, validation: Infinity, test: Infinity }
  return [...batchProblems(spec, limitedSizes(whole, spec.limit)), ...problems]
}

const batchProblems = ({ training }: Spec, { train, validation }: Sizes): CellProblem[] => {
  const { batch_size: size, steps_per_epoch, validation_steps } = training
  const problem = (part: string, images: number, isFloor: boolean): CellProblem[] => {
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
