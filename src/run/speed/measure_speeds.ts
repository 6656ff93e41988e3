import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Loss, Model, Optimizer, Semantics, Training } from '../../../schema/recipe.ts'
import type { EngineName } from '../../engine/engine.ts'
import { EXIT } from '../../exit_status.ts'
import { userError } from '../../problem.ts'
import { type Speed, writeSpeeds } from './speeds.ts'

const CHILD = fileURLToPath(new URL('./child.mjs', import.meta.url))

/** A network and a batch size whose training step is to be timed. */
export type SpeedTask = {
  model: Model
  /** As the network sees it: [height, width, channels]. */
  imageShape: readonly number[]
  classes: number
  batchSize: number
  precision: Training['precision']
  optimizer: Optimizer
  loss: Loss
  semantics: Semantics
}

/** What the child is asked. `engine`: required; null: the one that a run would get. */
export type SpeedRequest = { tasks: readonly SpeedTask[]; engine: EngineName | null }

/** What the child reports. `seconds`: of a step; the tasks' answers come in their order. */
export type SpeedMessage = { type: 'ready' } | { type: 'timed'; engine: string; gpu: boolean; device: string; seconds: number }

export type MeasureOptions = {
  /** Hears of each task that is done: its number, from 1. */
  onTimed?: (done: number, secondsAStep: number) => void
  signal?: AbortSignal
  /** Default: the one that a run would get. */
  engine?: EngineName
}

/**
 * Times a few training steps of each task, in a process of its own on the engine that a run would get, and keeps what was found for this
 * user's later plans.
 * @throws UserError `speed_unmeasured` where the process fails; what it has timed before is kept
 */
export const measureSpeeds = async (
  tasks: readonly SpeedTask[],
  { onTimed = () => {}, signal, engine }: MeasureOptions = {},
): Promise<Speed[]> => {
  const speeds: Speed[] = []
  const child = execa(process.execPath, [CHILD], {
    ipc: true,
    stdin: 'ignore',
    buffer: { ipc: false },
    reject: false,
    ...(signal ? { cancelSignal: signal } : {}),
  })
  child.on('message', (message: SpeedMessage) => {
    if (message.type === 'ready') return void child.send?.({ tasks, engine: engine ?? null } satisfies SpeedRequest)
    speeds.push(speedOf(tasks[speeds.length] as SpeedTask, message))
    onTimed(speeds.length, message.seconds)
  })
  const { failed, stderr, shortMessage } = await child
  await writeSpeeds(speeds)
  signal?.throwIfAborted()
  if (!failed) return speeds
  const reason = /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? shortMessage
  throw userError({ code: 'speed_unmeasured', message: `Training steps could not be timed: ${reason}` }, EXIT.runFailed)
}

const speedOf = (
  { model, imageShape, classes, batchSize, precision }: SpeedTask,
  { engine, gpu, device, seconds }: Extract<SpeedMessage, { type: 'timed' }>,
): Speed => ({ model, imageShape, classes, batchSize, engine, gpu, device, precision, imagesPerSecond: batchSize / seconds })
