import { rm } from 'node:fs/promises'
import type { RunRecord } from '../../schema/record.ts'
import { applyLimit } from '../data/apply_limit.ts'
import { openBatches } from '../data/batches/open_batches.ts'
import { classCounts, classWeights } from '../data/class_weights.ts'
import type { Dataset, Part } from '../data/dataset.ts'
import { loadDataset } from '../data/load_dataset.ts'
import { splitDataset } from '../data/splits/table.ts'
import { openEngine } from '../engine/select.ts'
import { buildNetwork } from '../model/build_network.ts'
import { initialWeights } from '../model/initial_weights.ts'
import type { Network } from '../model/network.ts'
import { openVgg16 } from '../model/weights/vgg16_imagenet.ts'
import { UserError } from '../problem.ts'
import { readCheckpoint, writeCheckpoint } from '../train/checkpoint.ts'
import { confusionMatrix, evaluate, predictedClasses } from '../train/evaluate.ts'
import { fit } from '../train/fit.ts'
import { packed, unpacked } from '../train/fit_state.ts'
import { openSession, type Session } from '../train/session.ts'
import type { Job, RunMessage } from './job.ts'
import { writePredictions } from './predictions.ts'
import { provenanceOf } from './provenance.ts'
import { dataRecord, modelRecord } from './run_record.ts'
import { runFiles, writeRecord } from './store.ts'

type Handle = { send: (message: RunMessage) => void; signal: AbortSignal }
type Evaluated = NonNullable<NonNullable<RunRecord['evaluation']>['last']>

/** So that a bar moves smoothly and no time goes into telling. */
const STEP_MESSAGE_MS = 200
const CHECKPOINT_SECONDS = 120

/** The network of a spec, for images of the data set. Throws where it does not fit together: a plan has checked that. */
const networkOf = ({ spec }: Job, dataset: Dataset): Network => {
  const [height, width] = dataset.imageShape
  const channels = spec.preprocessing.color_mode === 'rgb' ? 3 : 1
  const built = buildNetwork(spec.model, [height, width, channels], dataset.classes.length)
  if (built.ok) return built.network
  throw new UserError(built.problems.map(({ code, message, hint }) => ({ code, severity: 'error', message, ...(hint ? { hint } : {}) })))
}

/** Data, split and batches of a run. */
const prepareData = async ({ spec, seed }: Job) => {
  const dataset = await loadDataset(spec.dataset)
  const whole = splitDataset(dataset, spec.split)
  const used = applyLimit(whole, spec.limit)
  // Of the whole training set, whatever `limit` leaves of it.
  const weights = classWeights(classCounts(dataset, whole.train), dataset.classes, spec.training.class_weight)
  const { training, preprocessing, augmentation, semantics } = spec
  const common = { dataset, preprocessing, semantics, seed }
  const batchesOf = (part: Part) => {
    const augmented = augmentation.kind !== 'none' && part !== 'test' && augmentation.apply_to.includes(part)
    return openBatches({
      ...common,
      part,
      rows: used[part],
      batchSize: training.batch_size,
      stepsPolicy: part === 'train' ? training.steps_per_epoch : part === 'validation' ? training.validation_steps : 'all',
      shuffle: part === 'train' ? training.shuffle : augmented,
      augmentation: augmented ? augmentation : { kind: 'none' },
    })
  }
  const [train, validation, test] = await Promise.all([batchesOf('train'), batchesOf('validation'), batchesOf('test')])
  const close = () => Promise.all([train.close(), validation.close(), test.close()])
  return { dataset, whole, used, weights, train, validation, test, close }
}

type Data = Awaited<ReturnType<typeof prepareData>>

/** The session, at the run's initial weights. */
const prepareSession = async (
  { spec, seed }: Job,
  { network, engine, data }: { network: Network; engine: Parameters<typeof openSession>[0]['engine']; data: Data },
) => {
  const pretrained = network.weights.some((weight) => weight.pretrained) ? await openVgg16() : undefined
  const { optimizer, loss } = spec.training
  return openSession({
    engine,
    network,
    optimizer,
    loss,
    semantics: spec.semantics,
    seed,
    weights: initialWeights(network, seed, pretrained),
    trainSizes: data.train.sizes,
    evaluateSizes: [...new Set([...data.validation.sizes, ...data.test.sizes])],
  })
}

/** Trains, going on from a checkpoint where there is one. */
const train = async (job: Job, { session, data, handle }: { session: Session; data: Data; handle: Handle }) => {
  const { checkpoint } = runFiles(job.store, job.id)
  const { training, semantics } = job.spec
  const kept = await readCheckpoint(checkpoint)
  let told = 0
  return fit({
    session,
    train: data.train,
    validation: data.validation,
    semantics,
    epochs: training.epochs,
    learningRate: training.optimizer.learning_rate,
    callbacks: training.callbacks,
    classWeights: data.weights,
    resume: kept === null ? null : unpacked(kept),
    saveCheckpoint: (state) => writeCheckpoint(checkpoint, packed(state)),
    checkpointSeconds: CHECKPOINT_SECONDS,
    signal: handle.signal,
    onStep: (progress) => {
      if (performance.now() - told < STEP_MESSAGE_MS && progress.step < progress.steps) return
      told = performance.now()
      const left = (training.epochs - progress.epoch) * data.train.images + (progress.steps - progress.step) * training.batch_size
      handle.send({ type: 'step', ...progress, epochs: training.epochs, secondsLeft: left / progress.imagesPerSecond })
    },
    onEpoch: (epoch) =>
      handle.send({
        type: 'epoch',
        epoch: epoch.epoch,
        epochs: training.epochs,
        loss: epoch.loss,
        accuracy: epoch.accuracy,
        valLoss: epoch.val_loss,
        valAccuracy: epoch.val_accuracy,
        learningRate: epoch.learning_rate,
        seconds: epoch.seconds,
        imagesPerSecond: epoch.images_per_second,
      }),
    onEvent: (event) => handle.send({ type: 'event', ...event }),
  })
}

/** The test set under the session's present weights; predictions go beside the record. */
const evaluated = async (
  job: Job,
  { session, data, which, epoch }: { session: Session; data: Data; which: 'last' | 'best'; epoch: number },
): Promise<Evaluated> => {
  const { classes } = data.dataset
  const { loss, accuracy, probabilities, labels } = await evaluate(session, data.test)
  const file = runFiles(job.store, job.id).predictions(which)
  await writePredictions(file, { rows: data.used.test, labels, classes, probabilities })
  const matrix = confusionMatrix(labels, predictedClasses(probabilities, classes.length), classes.length)
  return { epoch, loss: Number.isFinite(loss) ? loss : null, accuracy, confusion_matrix: matrix, predictions: `predictions-${which}.csv` }
}

/**
 * Makes one run from its job: data, network, engine, training, evaluation, record. Checkpoints are kept beside the record while it trains.
 * @returns `interrupted` where the signal ended it, a checkpoint kept
 * @throws UserError for what the user can put right: broken data, an engine that is not there, a loss that diverged
 */
export const performRun = async (job: Job, handle: Handle): Promise<'done' | 'interrupted'> => {
  const started = new Date()
  const { send } = handle
  send({ type: 'phase', phase: 'reading data' })
  const data = await prepareData(job)
  try {
    send({ type: 'phase', phase: 'starting the engine' })
    const engine = await openEngine({ engine: job.engine ?? undefined })
    const network = networkOf(job, data.dataset)
    send({ type: 'phase', phase: 'building the graph' })
    const session = await prepareSession(job, { network, engine, data })
    const { interrupted, state, best } = await train(job, { session, data, handle })
    if (interrupted) return 'interrupted'
    send({ type: 'phase', phase: 'evaluating the test set' })
    const last = await evaluated(job, { session, data, which: 'last', epoch: state.history.length })
    if (best) await session.write(best.weights)
    const evaluation = { last, ...(best ? { best: await evaluated(job, { session, data, which: 'best', epoch: best.epoch }) } : {}) }
    const finished = new Date()
    const seconds = (finished.getTime() - started.getTime()) / 1000
    const { id, study, cell, seed, spec } = job
    await writeRecord(job.store, {
      schema_version: 1,
      id,
      status: 'done',
      study,
      cell: { ...cell },
      seed,
      spec: spec as unknown as Record<string, unknown>,
      data: dataRecord(data.dataset, data),
      model: modelRecord(network),
      history: state.history,
      events: state.events,
      evaluation,
      provenance: {
        ...(await provenanceOf(engine, job)),
        started_at: started.toISOString(),
        finished_at: finished.toISOString(),
        seconds,
        peak_memory_bytes: process.resourceUsage().maxRSS * 1024,
        resumed: state.resumed,
      },
    })
    await rm(runFiles(job.store, job.id).checkpoint, { force: true })
    send({ type: 'done', testAccuracy: last.accuracy, bestTestAccuracy: evaluation.best?.accuracy ?? null, seconds })
    session.close()
    return 'done'
  } finally {
    await data.close()
  }
}
