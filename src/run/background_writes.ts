import { type Checkpoint, writeCheckpoint } from '../train/checkpoint.ts'

/** Writes checkpoints while the training goes on. */
export type BackgroundWrites = {
  /** Begins to write, once the one before is on disk. @throws what the one before failed with */
  begin: (checkpoint: Checkpoint) => Promise<void>
  /** Waits until the last one is on disk. @throws what it failed with */
  finish: () => Promise<void>
}

/** Writes to one file, one checkpoint at a time. */
export const backgroundWrites = (file: string, write: typeof writeCheckpoint = writeCheckpoint): BackgroundWrites => {
  let latest: Promise<void> = Promise.resolve()
  const finish = async () => {
    const awaited = latest
    latest = Promise.resolve()
    await awaited
  }
  const begin = async (checkpoint: Checkpoint) => {
    await finish()
    latest = write(file, checkpoint)
    // Told to whoever waits for it; until then it is no failure of the process.
    latest.catch(() => {})
  }
  return { begin, finish }
}
