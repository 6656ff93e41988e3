import { describeSource } from '../data/load_dataset.ts'
import { askedEngine, chooseEngine } from '../engine/choose/choose_engine.ts'
import type { EngineName } from '../engine/engine.ts'
import { inputShape } from '../input_shape.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { UserError } from '../problem.ts'
import { calibrate } from '../run/speed/calibrate.ts'
import { measureSpeeds, type SpeedTask } from '../run/speed/measure_speeds.ts'
import type { Speed } from '../run/speed/speeds.ts'

type Say = (text: string) => void

/** Times some steps of the networks of a plan on its engine. @throws UserError `speed_unmeasured` */
export const timeRuns = async (runs: readonly PlannedRun[], { engine, say }: { engine: EngineName; say: Say }): Promise<Speed[]> => {
  const tasks = await tasksOf(runs)
  if (tasks.length === 0) return []
  say(`Timing the training steps of ${tasks.length} ${tasks.length === 1 ? 'network' : 'networks'} …`)
  return measureSpeeds(tasks, {
    engine,
    onTimed: (done, seconds) => {
      const { batchSize } = tasks[done - 1] as SpeedTask
      say(`  ${done} of ${tasks.length}: ${milliseconds(seconds)} a step of ${batchSize} images`)
    },
  })
}

/** Every network and batch size of runs that are still to be made, once; those that have trained here before need no timing. */
const tasksOf = async (runs: readonly PlannedRun[]): Promise<SpeedTask[]> => {
  const open = runs.filter(({ state, estimate }) => (state === 'to_do' || state === 'failed') && estimate.from !== 'records')
  const tasks = (await Promise.all(open.map(taskOf))).flat()
  const keyOf = ({ model, imageShape, batchSize, precision }: SpeedTask) => JSON.stringify([model, imageShape, batchSize, precision])
  return [...new Map(tasks.toReversed().map((task) => [keyOf(task), task])).values()].toReversed()
}

const taskOf = async ({ spec }: PlannedRun): Promise<SpeedTask[]> => {
  const { dataset, preprocessing, model, training, semantics } = spec
  const known = await describeSource(dataset)
  if (!known) return []
  const { batch_size: batchSize, precision, optimizer, loss } = training
  const imageShape = inputShape(preprocessing, known.imageShape)
  return [{ model, imageShape, classes: known.classes.length, batchSize, precision, optimizer, loss, semantics }]
}

const milliseconds = (seconds: number): string => `${(1000 * seconds).toPrecision(3)} ms`

/** For set-up: times the engine once, so that plans are right about networks that were never trained. Where that fails, they have a formula. */
export const timeEngine = async (say: Say, signal: AbortSignal): Promise<void> => {
  try {
    const speed = await calibrate(chooseEngine(askedEngine()), { signal })
    if (!speed) return
    const { engine, device, batchSize, imagesPerSecond } = speed
    say(
      `timed the ${engine} engine, for the estimates of plans: ${milliseconds(batchSize / imagesPerSecond)} a step of a small network, ${device}`,
    )
  } catch (error) {
    if (!(error instanceof UserError) || signal.aborted) throw error
    say(`the engine's speed stays unknown, plans estimate time by a formula: ${error.message}`)
  }
}
