import type { Spec } from '../../schema/recipe.ts'
import type { Network } from '../model/network.ts'
import { weightsKept } from '../train/callbacks/table.ts'
import { optimizerSlots } from '../train/optimizers/table.ts'

const FLOAT_BYTES = 4
/** Of a record, its log and a table's row, roughly. */
const RECORD_BYTES = 40_000
const LOG_BYTES_PER_EPOCH = 200
const ROW_BYTES = 8
const PROBABILITY_BYTES = 12

type Run = { network: Network; training: Spec['training']; tested: number }

/**
 * Bytes on disk: what is kept (record, predictions, last and best weights) and the most while a run goes on (also its checkpoint: weights,
 * copies of them that callbacks keep, slots of the trained ones; and its successor while that is written).
 */
export const diskOf = ({ network, training, tested }: Run): { kept: number; peak: number } => {
  const [{ all, trained }, copies] = [countsOf(network), weightsKept(training.callbacks)]
  const sets = copies.has('best') ? 2 : 1
  const tables = sets * tested * (ROW_BYTES + PROBABILITY_BYTES * (network.outputShape[0] ?? 1))
  const kept = RECORD_BYTES + training.epochs * LOG_BYTES_PER_EPOCH + tables + FLOAT_BYTES * all * sets
  const slots = Object.keys(optimizerSlots(training.optimizer)).length
  return { kept, peak: kept + 2 * FLOAT_BYTES * (all * (1 + copies.size) + trained * slots) }
}

/** Numbers in all weights, and in those that training changes. */
const countsOf = ({ layers }: Network): { all: number; trained: number } => ({
  all: layers.reduce((sum, { parameters }) => sum + parameters, 0),
  trained: layers.reduce((sum, { trainableParameters }) => sum + trainableParameters, 0),
})
