import { copyFile, rm } from 'node:fs/promises'
import type { RunRecord } from '../../schema/record.ts'
import { confusionMatrix, evaluate, predictedClasses } from '../train/evaluate.ts'
import type { FitResult } from '../train/fit.ts'
import type { Session } from '../train/session.ts'
import { type Clock, startClock } from './clock.ts'
import type { Job } from './job.ts'
import { keepWeights } from './keep_weights.ts'
import { ofJob } from './of_job.ts'
import { writePredictions } from './predictions.ts'
import { type Data, type Handle, type OnEngine, prepareData, prepareEngine } from './prepare_run.ts'
import { provenanceOf } from './provenance.ts'
import { dataRecord, modelRecord } from './run_record.ts'
import { runFiles, writeRecord } from './store.ts'
import { trainRun } from './train_run.ts'
import { withoutLeaked } from './without_leaked.ts'

type Evaluated = NonNullable<NonNullable<RunRecord['evaluation']>['last']>

/**
 * Makes one run from its job: data, network, engine, training, evaluation, record. Checkpoints are kept beside the record while it trains.
 * @returns `interrupted` where the signal ended it, a checkpoint kept if there was something to keep
 * @throws UserError for what the user can put right: broken data, an engine that is not there, a loss that diverged
 */
export const performRun = async (job: Job, handle: Handle): Promise<'done' | 'interrupted'> => {
  const started = new Date()
  const clock = startClock()
  clock.turnTo('data')
  handle.send({ type: 'phase', phase: 'reading data' })
  const data = await prepareData(job)
  try {
    return await perform(job, { ...(await prepareEngine(job, data, { ...handle, clock })), data, handle, clock, started })
  } catch (error) {
    // Whatever was stopped by the signal throws its reason.
    if (handle.signal.aborted && error === handle.signal.reason) return 'interrupted'
    throw error
  } finally {
    await data.close()
  }
}

const perform = async (job: Job, ready: Ready): Promise<'done' | 'interrupted'> => {
  const { data, handle, started } = ready
  const result = await trainAndEvaluate(job, ready)
  if (result === null) return 'interrupted'
  const { state, evaluation, written } = result
  ready.clock.turnTo('record')
  const provenance = await provenanceOf(ready.engine, job)
  const [finished, times] = [new Date(), ready.clock.times()]
  const seconds = (finished.getTime() - started.getTime()) / 1000
  await writeRecord(job.store, {
    ...ofJob(job),
    status: 'done',
    data: dataRecord(data.dataset, { ...data, source: job.spec.dataset }),
    model: modelRecord(ready.network),
    opening: state.opening,
    history: state.history,
    events: state.events,
    evaluation,
    provenance: {
      ...provenance,
      started_at: started.toISOString(),
      finished_at: finished.toISOString(),
      seconds,
      times,
      peak_memory_bytes: process.resourceUsage().maxRSS * 1024,
      resumed: state.resumed,
    },
  })
  // A checkpoint that could not be written, or not be removed, is of no account now: the record is there.
  await written().catch(() => {})
  await rm(runFiles(job.store, job.id).checkpoint, { force: true }).catch(() => {})
  const { last, best } = evaluation
  handle.send({ type: 'done', testAccuracy: last.accuracy, bestTestAccuracy: best?.accuracy ?? null, seconds })
  ready.session.close()
  return 'done'
}

type Ready = OnEngine & { data: Data; handle: Handle; clock: Clock; started: Date }

/** Trains and evaluates. @returns null where it was stopped, a checkpoint kept */
const trainAndEvaluate = async (job: Job, ready: Ready) => {
  const { handle, clock } = ready
  clock.turnTo('loop')
  const { interrupted, state, best, written } = await trainRun(job, ready)
  if (interrupted) return null
  clock.turnTo('evaluation')
  handle.send({ type: 'phase', phase: 'evaluating the test set' })
  const last = await evaluated(job, { ...ready, which: 'last', epoch: state.history.length })
  return { state, written, evaluation: { last, ...(best ? { best: await evaluatedBest(job, ready, best, last) } : {}) } }
}

/** The test set under the session's present weights; they and the predictions go beside the record. */
const evaluated = async (
  job: Job,
  { session, data, handle, which, epoch }: { session: Session; data: Data; handle: Handle; which: 'last' | 'best'; epoch: number },
): Promise<Evaluated> => {
  const { classes } = data.dataset
  const { loss, accuracy, probabilities, labels } = await evaluate(session, data.test, { signal: handle.signal })
  const file = runFiles(job.store, job.id).predictions(which)
  await writePredictions(file, { rows: data.used.test, labels, classes, probabilities })
  const predicted = predictedClasses(probabilities, classes.length)
  const matrix = confusionMatrix(labels, predicted, classes.length)
  const weights = await keepWeights(runFiles(job.store, job.id).weights(which), {
    weights: session.network.weights,
    values: await session.read(),
    about: { id: job.id, epoch },
  })
  return {
    epoch,
    loss: Number.isFinite(loss) ? loss : null,
    accuracy,
    confusion_matrix: matrix,
    predictions: `predictions-${which}.csv`,
    without_leaked: withoutLeaked(data.dataset, data.used, predicted),
    ...(weights === undefined ? {} : { weights }),
  }
}

/** The test set under the best weights, which are often those of the last epoch: then it is evaluated already, and its weights are kept. */
const evaluatedBest = async (job: Job, { session, ...ready }: Ready, best: Best, last: Evaluated): Promise<Evaluated> => {
  if (await isAt(session, best.weights)) {
    const { predictions } = runFiles(job.store, job.id)
    await copyFile(predictions('last'), predictions('best'))
    return { ...last, epoch: best.epoch, predictions: 'predictions-best.csv' }
  }
  await session.write(best.weights)
  return evaluated(job, { ...ready, session, which: 'best', epoch: best.epoch })
}

type Best = NonNullable<FitResult['best']>

/** Whether the session is at these weights, bit for bit. */
const isAt = async (session: Session, weights: Readonly<Record<string, Float32Array>>): Promise<boolean> => {
  const present = await session.read()
  return Object.entries(weights).every(([name, values]) => bytesOf(values).equals(bytesOf(present[name] as Float32Array)))
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength)
