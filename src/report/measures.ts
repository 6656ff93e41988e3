import type { Table } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'

/** Which weights a number was measured with: those after the last epoch, or the best checkpoint's. */
export type Weights = 'last' | 'best'

export const bothWeights: readonly Weights[] = ['last', 'best']

export const weightsNames: Record<Weights, string> = { last: 'last weights', best: 'best weights' }

/** A kind of number that a table can show. */
export type Measure = {
  /** For people, without the weights. */
  name: string
  /** Accuracies are shares in 0…1 of a number of images; losses have no such number. */
  scale: 'share' | 'loss'
  /** The number in a record, or null where it was not measured or is not finite. */
  of: (record: RunRecord, weights: Weights) => number | null
  /** How many images an accuracy is a share of. */
  images: (record: RunRecord) => number
  /** The same number on the validation images; null for those themselves. */
  validation: Table['value'] | null
}

const testImages = (record: RunRecord): number => record.data?.used.test ?? 0
const validationImages = (record: RunRecord): number => record.data?.used.validation ?? 0

/** The last epoch, or the one that the best weights are from. */
const epochOf = (record: RunRecord, weights: Weights) =>
  weights === 'last' ? record.history?.at(-1) : record.history?.find(({ epoch }) => epoch === record.evaluation?.best?.epoch)

/** One row per value that a recipe's table can ask for. */
export const measures: Record<Table['value'], Measure> = {
  test_accuracy: {
    name: 'test accuracy',
    scale: 'share',
    of: (record, weights) => record.evaluation?.[weights]?.accuracy ?? null,
    images: testImages,
    validation: 'val_accuracy',
  },
  test_loss: {
    name: 'test loss',
    scale: 'loss',
    of: (record, weights) => record.evaluation?.[weights]?.loss ?? null,
    images: testImages,
    validation: 'val_loss',
  },
  val_accuracy: {
    name: 'validation accuracy',
    scale: 'share',
    of: (record, weights) => epochOf(record, weights)?.val_accuracy ?? null,
    images: validationImages,
    validation: null,
  },
  val_loss: {
    name: 'validation loss',
    scale: 'loss',
    of: (record, weights) => epochOf(record, weights)?.val_loss ?? null,
    images: validationImages,
    validation: null,
  },
}
