import type { Evaluation, RunRecord } from '../../../schema/record.ts'
import { type ClassMetrics, classMetrics } from '../metrics.ts'
import { type Column, type TidyTable, tableOf } from './column.ts'

type Which = 'last' | 'best'
const WHICH: readonly Which[] = ['last', 'best']

/** One image as a run has classified it. */
export type Prediction = {
  record: RunRecord
  weights: Which
  /** Row of the data set. */
  row: number
  /** Number of the true class. */
  label: number
  probabilities: readonly number[]
}

type HasRecord = { record: RunRecord }
type Epoch = HasRecord & { epoch: NonNullable<RunRecord['history']>[number] }
type OfClass = HasRecord & { weights: Which; name: string; metrics: ClassMetrics }

const run: Column<HasRecord> = { name: 'run', type: 'STRING', about: 'Id of the run.', of: ({ record }) => record.id }
const seed: Column<HasRecord> = { name: 'seed', type: 'INT64', about: 'Seed of the run.', of: ({ record }) => record.seed }

/** One column for each axis that a matrix of these runs has. */
const cells = (records: readonly RunRecord[]): Column<HasRecord>[] =>
  [...new Set(records.flatMap(({ cell }) => Object.keys(cell)))].map((axis) => ({
    name: `cell.${axis}`,
    type: 'STRING',
    about: `Value of the axis "${axis}" of the matrix.`,
    of: ({ record }) => record.cell[axis],
  }))

const evaluations = (which: Which): Column<HasRecord>[] => {
  const of =
    (pick: (one: Evaluation) => number | null) =>
    ({ record }: HasRecord) => {
      const one = record.evaluation?.[which]
      return one && pick(one)
    }
  return [
    { name: `${which}_epoch`, type: 'INT64', about: `Epoch of the ${which} weights, from 1.`, of: of(({ epoch }) => epoch) },
    {
      name: `${which}_test_accuracy`,
      type: 'DOUBLE',
      about: 'Share of the test set that they get right.',
      of: of(({ accuracy }) => accuracy),
    },
    {
      name: `${which}_test_loss`,
      type: 'DOUBLE',
      about: 'Their mean loss on the test set; empty where it is no number.',
      of: of(({ loss }) => loss),
    },
  ]
}

const RUNS: Column<HasRecord>[] = [
  { name: 'study', type: 'STRING', about: 'Title of the study.', of: ({ record }) => record.study.title },
  { name: 'recipe', type: 'STRING', about: 'Its recipe.', of: ({ record }) => record.study.recipe },
  { name: 'profile', type: 'STRING', about: 'Profile of the recipe; empty for none.', of: ({ record }) => record.study.profile },
  { name: 'status', type: 'STRING', about: 'How it ended: done or failed.', of: ({ record }) => record.status },
  { name: 'error', type: 'STRING', about: 'Why it failed.', of: ({ record }) => record.error },
  { name: 'data', type: 'STRING', about: 'Data set.', of: ({ record }) => record.data?.name },
  { name: 'synthetic', type: 'BOOLEAN', about: 'Whether its images are drawn.', of: ({ record }) => record.data?.synthetic },
  { name: 'train_images', type: 'INT64', about: 'Images trained on.', of: ({ record }) => record.data?.used.train },
  { name: 'test_images', type: 'INT64', about: 'Images tested on.', of: ({ record }) => record.data?.used.test },
  { name: 'parameters', type: 'INT64', about: 'Numbers in the network.', of: ({ record }) => record.model?.parameters },
  { name: 'epochs', type: 'INT64', about: 'Epochs that were trained.', of: ({ record }) => record.history?.length },
  ...WHICH.flatMap(evaluations),
  { name: 'seconds', type: 'DOUBLE', about: 'Wall time.', of: ({ record }) => record.provenance.seconds },
  { name: 'started_at', type: 'TIMESTAMP', about: 'When it began.', of: ({ record }) => new Date(record.provenance.started_at) },
  { name: 'peak_memory_bytes', type: 'INT64', about: 'Most memory in use.', of: ({ record }) => record.provenance.peak_memory_bytes },
  { name: 'resumed', type: 'INT64', about: 'How often it went on from a checkpoint.', of: ({ record }) => record.provenance.resumed },
  { name: 'engine', type: 'STRING', about: 'Engine.', of: ({ record }) => record.provenance.engine.name },
  { name: 'device', type: 'STRING', about: 'What computed.', of: ({ record }) => record.provenance.engine.device },
  { name: 'ferment', type: 'STRING', about: "ferment's version.", of: ({ record }) => record.provenance.ferment },
  { name: 'commit', type: 'STRING', about: "Commit of ferment's code.", of: ({ record }) => record.provenance.git_commit },
]

const EPOCHS: Column<Epoch>[] = [
  { name: 'epoch', type: 'INT64', about: 'From 1.', of: ({ epoch }) => epoch.epoch },
  { name: 'loss', type: 'DOUBLE', about: 'Mean training loss; empty where it is no number.', of: ({ epoch }) => epoch.loss },
  { name: 'accuracy', type: 'DOUBLE', about: 'Share of training images that were right.', of: ({ epoch }) => epoch.accuracy },
  { name: 'val_loss', type: 'DOUBLE', about: 'Mean validation loss.', of: ({ epoch }) => epoch.val_loss },
  { name: 'val_accuracy', type: 'DOUBLE', about: 'Share of validation images that are right.', of: ({ epoch }) => epoch.val_accuracy },
  { name: 'learning_rate', type: 'DOUBLE', about: 'Of its last step.', of: ({ epoch }) => epoch.learning_rate },
  { name: 'steps', type: 'INT64', about: 'Training steps.', of: ({ epoch }) => epoch.steps },
  { name: 'seconds', type: 'DOUBLE', about: 'Wall time, validation included.', of: ({ epoch }) => epoch.seconds },
  { name: 'images_per_second', type: 'DOUBLE', about: 'Training images a second.', of: ({ epoch }) => epoch.images_per_second },
]

const WEIGHTS: Column<{ weights: Which }> = {
  name: 'weights',
  type: 'STRING',
  about: 'Which weights: last or best.',
  of: ({ weights }) => weights,
}

const CLASSES: Column<OfClass>[] = [
  { name: 'class', type: 'STRING', about: 'Name of the class.', of: ({ name }) => name },
  { name: 'support', type: 'INT64', about: 'Test images of it.', of: ({ metrics }) => metrics.support },
  {
    name: 'precision',
    type: 'DOUBLE',
    about: 'Share of right ones among those taken for it; 0 for none.',
    of: ({ metrics }) => metrics.precision,
  },
  { name: 'recall', type: 'DOUBLE', about: 'Share of it that is found.', of: ({ metrics }) => metrics.recall },
  { name: 'f1', type: 'DOUBLE', about: 'Harmonic mean of the two.', of: ({ metrics }) => metrics.f1 },
]

const predictedOf = ({ probabilities }: Prediction): number => probabilities.indexOf(Math.max(...probabilities))
const nameOf = ({ record }: Prediction, index: number): string => record.data?.classes[index] ?? `class ${index}`

const PREDICTIONS: Column<Prediction>[] = [
  { name: 'row', type: 'INT64', about: 'Row of the image in the data set, from 0.', of: ({ row }) => row },
  { name: 'label', type: 'STRING', about: 'Its class.', of: (one) => nameOf(one, one.label) },
  { name: 'predicted', type: 'STRING', about: 'The likeliest class by the network.', of: (one) => nameOf(one, predictedOf(one)) },
  { name: 'right', type: 'BOOLEAN', about: 'Whether they are the same.', of: (one) => predictedOf(one) === one.label },
]

/** One column for each class that any of the runs knows. */
const probabilities = (records: readonly RunRecord[]): Column<Prediction>[] =>
  [...new Set(records.flatMap(({ data }) => data?.classes ?? []))].map((name) => ({
    name: `p.${name}`,
    type: 'DOUBLE',
    about: `Probability of "${name}" by the network.`,
    of: ({ record, probabilities }) => probabilities[record.data?.classes.indexOf(name) ?? -1],
  }))

const classesOf = (record: RunRecord): OfClass[] =>
  WHICH.flatMap((weights) =>
    classMetrics(record.evaluation?.[weights]?.confusion_matrix ?? []).map((metrics, index) => ({
      record,
      weights,
      metrics,
      name: record.data?.classes[index] ?? `class ${index}`,
    })),
  )

/** The columns of each table, as these runs have them. `run` joins the tables. */
export const tidyColumns = (records: readonly RunRecord[]) => {
  const place = [run, ...cells(records), seed]
  return {
    runs: [...place, ...RUNS],
    epochs: [...place, ...EPOCHS] as Column<Epoch>[],
    classes: [...place, WEIGHTS, ...CLASSES] as Column<OfClass>[],
    predictions: [run, WEIGHTS, ...PREDICTIONS, ...probabilities(records)] as Column<Prediction>[],
  }
}

/**
 * What records say, as tables for other programs: one row a run, an epoch, a class under one set of weights, an image under one set of
 * weights.
 */
export const tidyTables = (
  records: readonly RunRecord[],
  predictions: readonly Prediction[],
): Record<keyof ReturnType<typeof tidyColumns>, TidyTable> => {
  const columns = tidyColumns(records)
  return {
    runs: tableOf(
      columns.runs,
      records.map((record) => ({ record })),
    ),
    epochs: tableOf(
      columns.epochs,
      records.flatMap((record) => (record.history ?? []).map((epoch) => ({ record, epoch }))),
    ),
    classes: tableOf(columns.classes, records.flatMap(classesOf)),
    predictions: tableOf(columns.predictions, predictions),
  }
}
