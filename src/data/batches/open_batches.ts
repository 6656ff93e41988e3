import { Worker } from 'node:worker_threads'
import { userError } from '../../problem.ts'
import type { Batch, BatchSource } from '../dataset.ts'
import type { BatchOptions } from './batch_options.ts'
import { batchMaker } from './make_batch.ts'
import type { BatchReply, BatchRequest } from './worker.ts'

/** Batches that are made or being made while one is used: enough to bridge a pause of the worker, few enough to cost no memory. */
const PREFETCHED = 4

/**
 * Opens a part of a data set as batches, prefetched in a worker thread from the shared images.
 * @throws UserError `batch_size_too_large` where `floor` leaves no step
 */
export const openBatches = async (options: BatchOptions): Promise<BatchSource> => {
  const { steps, images, sizes } = batchMaker(options)
  if (steps === 0) throw noStep(options)
  const { request, close } = startWorker(options)

  async function* epoch(number: number, fromStep = 0): AsyncGenerator<Batch> {
    const prefetched: Promise<Batch>[] = []
    for (let step = fromStep; step < steps; step++) {
      for (let next = step + prefetched.length; next < Math.min(steps, step + PREFETCHED); next++) prefetched.push(request(number, next))
      yield await (prefetched.shift() as Promise<Batch>)
    }
  }
  return { steps, images, sizes, epoch, close }
}

type Waiting = { resolve: (batch: Batch) => void; reject: (error: Error) => void }

/** Starts the thread, which takes a third of a second, and does not wait for it: what it is asked for meanwhile, it answers then. */
const startWorker = ({ dataset, ...options }: BatchOptions) => {
  const { images, labels, targets, imageShape, classes } = dataset
  const workerData: BatchOptions = { ...options, dataset: { images, labels, targets, imageShape, classes } }
  // No arguments of this process: what loads TypeScript here, or a test runner, is not for the thread.
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let ended: Error | undefined
  let requests = 0
  const end = (error: Error) => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('The thread that makes batches has ended.')))
  worker.on('message', (reply: BatchReply) => {
    const { resolve, reject } = waiting.get(reply.id) as Waiting
    waiting.delete(reply.id)
    if ('error' in reply) reject(reply.error)
    else resolve(reply.batch)
  })

  const request = (epoch: number, step: number): Promise<Batch> => {
    const id = requests++
    const answer = new Promise<Batch>((resolve, reject) => {
      if (ended) return reject(ended)
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, epoch, step } satisfies BatchRequest)
    })
    // A prefetched batch may never be asked for: its failure goes to whoever awaits it, and is no failure of the process.
    answer.catch(() => {})
    return answer
  }
  const close = async () => {
    await worker.terminate()
  }
  return { request, close }
}

const noStep = ({ part, rows, batchSize }: BatchOptions) =>
  userError({
    code: 'batch_size_too_large',
    message: `The ${part} set has ${rows.length} images: not one whole batch of ${batchSize}.`,
    hint: 'Use a smaller training.batch_size, more images, or steps_per_epoch and validation_steps: all.',
  })
