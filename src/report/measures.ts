import type { Table } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'

/** Which weights a number was measured with: those after the last epoch, or the best checkpoint's. */
export type Weights = 'last' | 'best'

export const weightsNames: Record<Weights, string> = { last: 'last weights', best: 'best weights' }

/** A kind of number that a table can show. */
export type Measure = {
  /** For people, without the weights. */
  name: string
  /** Accuracies are shares in 0…1 of a number of images; losses have no such number. */
  scale: 'share' | 'loss'
  /** Weights that the recipe asks for. */
  weights: Weights
  /** The number in a record, or null where it was not measured or is not finite. */
  of: (record: RunRecord, weights: Weights) => number | null
  /** How many images an accuracy is a share of. */
  images: (record: RunRecord) => number
}

const testImages = (record: RunRecord): number => record.data?.used.test ?? 0
const validationImages = (record: RunRecord): number => record.data?.used.validation ?? 0

/** The last epoch, or the one that the best weights are from. */
const epochOf = (record: RunRecord, weights: Weights) =>
  weights === 'last' ? record.history?.at(-1) : record.history?.find(({ epoch }) => epoch === record.evaluation?.best?.epoch)

const testAccuracy = {
  name: 'test accuracy',
  scale: 'share',
  of: (record: RunRecord, weights: Weights) => record.evaluation?.[weights]?.accuracy ?? null,
  images: testImages,
} as const

const testLoss = {
  name: 'test loss',
  scale: 'loss',
  of: (record: RunRecord, weights: Weights) => record.evaluation?.[weights]?.loss ?? null,
  images: testImages,
} as const

/** One row per value that a recipe's table can ask for. */
export const measures = {
  test_accuracy: { ...testAccuracy, weights: 'last' },
  best_test_accuracy: { ...testAccuracy, weights: 'best' },
  test_loss: { ...testLoss, weights: 'last' },
  best_test_loss: { ...testLoss, weights: 'best' },
  val_accuracy: {
    name: 'validation accuracy',
    scale: 'share',
    weights: 'last',
    of: (record, weights) => epochOf(record, weights)?.val_accuracy ?? null,
    images: validationImages,
  },
  val_loss: {
    name: 'validation loss',
    scale: 'loss',
    weights: 'last',
    of: (record, weights) => epochOf(record, weights)?.val_loss ?? null,
    images: validationImages,
  },
} satisfies Record<Table['value'], Measure>
