import { once } from 'node:events'
import { openEngine } from '../../engine/choose/select.ts'
import { buildNetwork } from '../../model/build_network.ts'
import type { Network } from '../../model/network.ts'
import type { SpeedMessage, SpeedRequest, SpeedTask } from './measure_speeds.ts'
import { timeSteps } from './time_steps.ts'

/** Times the tasks that the parent sends, one after another, each answered as soon as it is done. */
export const answerTasks = async (): Promise<void> => {
  // The parent is gone: nobody waits for the times.
  process.on('disconnect', () => process.exit())
  send({ type: 'ready' })
  const [{ tasks, engine: required }] = (await once(process, 'message')) as [SpeedRequest]
  const engine = await openEngine({ engine: required })
  const { name, gpu, device } = engine
  for (const task of tasks) {
    const seconds = await timeSteps(engine, { ...task, network: networkOf(task) })
    send({ type: 'timed', engine: name, gpu, device, seconds })
  }
  process.disconnect()
}

const send = (message: SpeedMessage): void => {
  process.send?.(message)
}

/** The network of a task. Published weights are not opened for it: their values do not change how long a step takes. */
const networkOf = ({ model, imageShape, classes }: SpeedTask): Network => {
  const layers = model.layers.map((layer) => (layer.kind === 'vgg16' ? { ...layer, weights: null } : layer))
  const built = buildNetwork({ ...model, layers }, imageShape, classes)
  if (!built.ok) throw new Error(`the network does not fit: ${built.problems[0]?.message}`)
  return built.network
}
