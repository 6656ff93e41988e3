import type { Training } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { applyLimit } from '../data/apply_limit.ts'
import { openBatches } from '../data/batches/open_batches.ts'
import { classCounts, classWeights } from '../data/class_weights.ts'
import type { BatchSource, Dataset, Part, Split } from '../data/dataset.ts'
import { loadDataset } from '../data/load_dataset.ts'
import { trainingStatistics } from '../data/preprocessing/prepare.ts'
import { splitDataset } from '../data/splits/table.ts'
import { openEngine } from '../engine/choose/select.ts'
import type { Engine } from '../engine/engine.ts'
import { inputShape } from '../input_shape.ts'
import { buildNetwork } from '../model/build_network.ts'
import { initialWeights } from '../model/initial_weights.ts'
import type { Network } from '../model/network.ts'
import { arithmeticText, precisionOf } from '../model/precision.ts'
import { openVgg16 } from '../model/weights/vgg16_imagenet.ts'
import { UserError } from '../problem.ts'
import { openSession, type Session } from '../train/session.ts'
import { chargedProgram } from './charged.ts'
import type { Clock } from './clock.ts'
import { engineNotice } from './engine_notice.ts'
import type { Job, RunMessage } from './job.ts'

/** The way back to whoever asked for the run. */
export type Handle = { send: (message: RunMessage) => void; signal: AbortSignal }

/** A run's images, ready to be trained on. */
export type Data = {
  dataset: Dataset
  /** The split as the recipe has it, and what a limit leaves of it. */
  whole: Split
  used: Split
  /** By class; null: all count the same. */
  weights: ReturnType<typeof classWeights>
  train: BatchSource
  validation: BatchSource
  test: BatchSource
  close: () => Promise<unknown>
}

/** Data, split and batches of a run. */
export const prepareData = async ({ spec, seed }: Job): Promise<Data> => {
  const { training, preprocessing, augmentation, semantics } = spec
  const dataset = await loadDataset(spec.dataset)
  const whole = splitDataset(dataset, spec.split)
  const used = applyLimit(whole, spec.limit)
  // Of the whole training set, whatever `limit` leaves of it.
  const weights = classWeights(classCounts(dataset, whole.train), dataset.classes, training.class_weight)
  const statistics = trainingStatistics(dataset, preprocessing, used.train)
  const batchesOf = (part: Part, stepsPolicy: Training['steps_per_epoch']) =>
    openBatches({
      dataset,
      part,
      rows: used[part],
      batchSize: training.batch_size,
      shuffle: training.shuffle,
      stepsPolicy,
      preprocessing,
      statistics,
      augmentation,
      semantics,
      seed,
    })
  const [train, validation, test] = await Promise.all([
    batchesOf('train', training.steps_per_epoch),
    batchesOf('validation', training.validation_steps),
    batchesOf('test', 'all'),
  ])
  const close = () => Promise.all([train.close(), validation.close(), test.close()])
  return { dataset, whole, used, weights, train, validation, test, close }
}

/** An engine with a run's network on it. */
export type OnEngine = {
  engine: RunRecord['provenance']['engine']
  network: Network
  session: Session
}

/** The engine and the session on it. What makes them slower than they could be is reported. */
export const prepareEngine = async (job: Job, data: Data, { send, signal, clock }: Handle & { clock: Clock }): Promise<OnEngine> => {
  signal.throwIfAborted()
  clock.turnTo('engine')
  send({ type: 'phase', phase: 'starting the engine' })
  const engine = await openEngine(job)
  const notice = engineNotice(engine.name, engine.missing)
  if (notice) send({ type: 'notice', text: notice })
  signal.throwIfAborted()
  clock.turnTo('graph')
  send({ type: 'phase', phase: 'building the graph' })
  const network = networkOf(job, data.dataset)
  const { session, note } = await prepareSession(job, { network, engine, data, clock })
  if (note) send({ type: 'notice', text: `This network runs op by op, about half as fast as it could: ${note}.` })
  const arithmetic = arithmeticText(precisionOf(job.spec.training.precision, engine.arithmetic))
  if (arithmetic.startsWith('float32 rounded')) send({ type: 'notice', text: roundedNotice(job.spec.training.precision, arithmetic) })
  signal.throwIfAborted()
  return { engine: { ...engine, arithmetic, ...(note ? { mode: 'eager', note } : {}) }, network, session }
}

/** The network of a spec, for images of the data set. Throws where it does not fit together: a plan has checked that. */
const networkOf = ({ spec }: Job, dataset: Dataset): Network => {
  const built = buildNetwork(spec.model, inputShape(spec.preprocessing, dataset.imageShape), dataset.classes.length)
  if (built.ok) return built.network
  throw new UserError(built.problems.map(({ code, message, hint }) => ({ code, severity: 'error', message, ...(hint ? { hint } : {}) })))
}

type SessionParts = { network: Network; engine: Engine; data: Data; clock: Clock }

/** The session, at the run's initial weights; `note`: why the engine runs it op by op where it could not compile it. */
const prepareSession = async ({ spec, seed }: Job, { network, engine, data, clock }: SessionParts) => {
  const pretrained = network.weights.some((weight) => weight.pretrained) ? await openVgg16() : undefined
  const { optimizer, loss } = spec.training
  let note: string | undefined
  const load: Engine['load'] = async (functions, state) => {
    const program = await engine.load(functions, state)
    note = program.uncompiled
    return chargedProgram(program, clock)
  }
  const session = await openSession({
    engine: { load },
    network,
    optimizer,
    loss,
    semantics: spec.semantics,
    precision: precisionOf(spec.training.precision, engine.arithmetic),
    seed,
    weights: initialWeights(network, seed, pretrained),
    trainSizes: data.train.sizes,
    evaluateSizes: [...new Set([...data.validation.sizes, ...data.test.sizes])],
  })
  return { session, note }
}

const roundedNotice = (policy: string, arithmetic: string): string =>
  `Precision ${policy}: nothing here multiplies faster in 16 bits, so layers compute in ${arithmetic}, at about the speed of float32.`
