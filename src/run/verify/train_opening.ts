import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Opening } from '../opening.ts'
import type { OpeningMessage, OpeningTask } from './child.ts'

const CHILD = fileURLToPath(new URL('./child.mjs', import.meta.url))

type Options = {
  signal: AbortSignal
  onMessage: (message: OpeningMessage) => void
}

/**
 * Trains the first steps of a run in a process of its own; nothing is kept on disk.
 * @returns the losses, or why there are none
 * @throws the signal's reason after an abort
 */
export const trainOpening = async (task: OpeningTask, { signal, onMessage }: Options): Promise<Opening | { failed: string }> => {
  let end: Opening | { failed: string } | undefined
  const child = execa(process.execPath, [CHILD], {
    ipc: true,
    stdin: 'ignore',
    stdout: 'ignore',
    buffer: { ipc: false },
    reject: false,
    cancelSignal: signal,
  })
  child.on('message', (message: OpeningMessage) => {
    if (message.type === 'ready') return void child.send?.(task)
    if (message.type === 'opening') end = { losses: message.losses, engine: message.engine }
    else if (message.type === 'failed') end = { failed: message.message }
    else onMessage(message)
  })
  const { shortMessage, stderr } = await child
  signal.throwIfAborted()
  return end ?? { failed: /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? shortMessage ?? 'The process ended without an answer.' }
}
