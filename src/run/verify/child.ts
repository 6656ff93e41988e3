import { once } from 'node:events'
import { EXIT } from '../../exit_status.ts'
import type { Job, RunMessage } from '../job.ts'
import { type Opening, openingOf } from '../opening.ts'
import { reasonOf } from '../record_failure.ts'

/** What the parent asks for. */
export type OpeningTask = { job: Job; steps: number }
/** What the child reports; the last message is `opening` or `failed`. */
export type OpeningMessage = RunMessage | { type: 'ready' } | ({ type: 'opening' } & Opening) | { type: 'failed'; message: string }

/** Trains the steps that the parent asks for and reports their losses. */
export const answerOpening = async (): Promise<void> => {
  // The parent is gone, or has had enough: nobody waits for the losses.
  process.on('disconnect', () => process.exit(EXIT.interrupted))
  send({ type: 'ready' })
  const [{ job, steps }] = (await once(process, 'message')) as [OpeningTask]
  try {
    send({ type: 'opening', ...(await openingOf(job, steps, { send, signal: new AbortController().signal })) })
  } catch (error) {
    send({ type: 'failed', message: reasonOf(error) })
  }
  process.disconnect()
}

const send = (message: OpeningMessage): void => {
  process.send?.(message)
}
