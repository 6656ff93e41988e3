import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Batch } from '../dataset.ts'
import type { BatchOptions } from './batch_options.ts'
import { batchMaker } from './make_batch.ts'

/** What the thread is asked for. */
export type BatchRequest = { id: number; epoch: number; step: number }
/** The answer to a request. */
export type BatchReply = { id: number; batch: Batch } | { id: number; error: Error }

const port = parentPort as MessagePort
const { make } = batchMaker(workerData as BatchOptions)

const answer = ({ id, epoch, step }: BatchRequest): void => {
  try {
    const batch = make(epoch, step)
    port.postMessage({ id, batch } satisfies BatchReply, [batch.x.buffer, batch.y.buffer, batch.labels.buffer] as ArrayBuffer[])
  } catch (error) {
    port.postMessage({ id, error: error as Error } satisfies BatchReply)
  }
}

port.on('message', answer)
