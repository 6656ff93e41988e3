import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import type { Job, RunMessage } from './job.ts'

type Message<T extends RunMessage['type']> = Extract<RunMessage, { type: T }>

/** How a run stands that is being made: for whoever looks at a store, from the same machine or another. */
export type RunProgress = {
  pid: number
  host: string
  cell: Job['cell']
  seed: number
  study: Job['study']
  /** ISO 8601. */
  started_at: string
  updated_at: string
  phase: string
  step: Message<'step'> | null
  /** Of this process: those before a checkpoint are not among them. */
  epochs: Message<'epoch'>[]
  /** Where it went on from a checkpoint. */
  resumed: Pick<Message<'resumed'>, 'epoch' | 'step'> | null
}

/** So that the disk is left in peace. What is worth more than a step is written at once. */
const STEP_MS = 2000

export type ProgressFile = {
  hear: (message: RunMessage) => void
  /** Takes the file away: the record says all of it, or a checkpoint. */
  remove: () => Promise<void>
}

/** Keeps a file up to date with how a run stands. That it cannot be written, as the disk is full, is no reason to end a run. */
export const progressFile = (file: string, { cell, seed, study }: Job): ProgressFile => {
  const started_at = new Date().toISOString()
  const about = { pid: process.pid, host: os.hostname(), cell, seed, study, started_at, updated_at: started_at }
  let progress: RunProgress = { ...about, phase: 'starting', step: null, epochs: [], resumed: null }
  let written = Number.NEGATIVE_INFINITY
  let writing: Promise<void> | null = null
  const temporary = `${file}.${process.pid}.tmp`
  const write = async () => {
    await writeFile(temporary, JSON.stringify({ ...progress, updated_at: new Date().toISOString() }))
    await rename(temporary, file)
  }
  return {
    hear: (message) => {
      progress = after(progress, message)
      if (writing !== null || (message.type === 'step' && performance.now() - written < STEP_MS)) return
      written = performance.now()
      writing = write()
        .catch(() => {})
        .then(() => {
          writing = null
        })
    },
    remove: async () => {
      await writing
      await Promise.all([file, temporary].map((name) => rm(name, { force: true }).catch(() => {})))
    },
  }
}

const after = (progress: RunProgress, message: RunMessage): RunProgress => {
  if (message.type === 'phase') return { ...progress, phase: message.phase }
  if (message.type === 'step') return { ...progress, phase: 'training', step: message }
  if (message.type === 'epoch') return { ...progress, epochs: [...progress.epochs, message] }
  if (message.type === 'resumed') return { ...progress, resumed: { epoch: message.epoch, step: message.step } }
  return progress
}

/** How a run stands, or null where nobody has written it down. */
export const readProgress = async (file: string): Promise<RunProgress | null> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return JSON.parse(text) as RunProgress
  } catch {
    return null
  }
}
