import type { Optimizer, Spec } from '../../schema/recipe.ts'
import type { Network } from '../model/network.ts'

const FLOAT_BYTES = 4
/** Of a record, its log and a table's row, roughly. */
const RECORD_BYTES = 40_000
const LOG_BYTES_PER_EPOCH = 200
const ROW_BYTES = 8
const PROBABILITY_BYTES = 12

type Kind = Optimizer['kind']

/** Values that an optimizer keeps for each weight. */
const slots: { [K in Kind]: (optimizer: Extract<Optimizer, { kind: K }>) => number } = {
  adam: () => 2,
  sgd: ({ momentum }) => (momentum > 0 ? 1 : 0),
  rmsprop: ({ momentum }) => (momentum > 0 ? 2 : 1),
  adagrad: () => 1,
}

const slotsOf = <K extends Kind>(optimizer: Extract<Optimizer, { kind: K }>): number =>
  (slots[optimizer.kind] as (optimizer: Extract<Optimizer, { kind: K }>) => number)(optimizer)

/**
 * Bytes on disk: what is kept (record, predictions, last and best weights) and the most while a run goes on (also its checkpoint: weights, best weights, slots; and
 * its successor while that is written).
 */
export const diskOf = ({
  network,
  training,
  tested,
}: {
  network: Network
  training: Spec['training']
  tested: number
}): { kept: number; peak: number } => {
  const parameters = network.layers.reduce((sum, layer) => sum + layer.parameters, 0)
  const keepsBest = training.callbacks.some((callback) => callback.kind === 'model_checkpoint' || callback.kind === 'early_stopping')
  const classes = network.outputShape[0] ?? 1
  const tables = (keepsBest ? 2 : 1) * tested * (ROW_BYTES + PROBABILITY_BYTES * classes)
  const weights = FLOAT_BYTES * parameters * (keepsBest ? 2 : 1)
  const kept = RECORD_BYTES + training.epochs * LOG_BYTES_PER_EPOCH + tables + weights
  const checkpoint = FLOAT_BYTES * parameters * (1 + (keepsBest ? 1 : 0) + slotsOf(training.optimizer))
  return { kept, peak: kept + 2 * checkpoint }
}
