import { type Checkpoint, writeCheckpoint } from '../train/checkpoint.ts'
import { unwritable } from '../write_whole.ts'

/** Writes checkpoints while the training goes on. */
export type BackgroundWrites = {
  /** Begins to write, once the one before is on disk or has failed. @throws what the one before failed with; this one is begun all the same */
  begin: (checkpoint: Checkpoint) => Promise<void>
  /** Waits until the last one is on disk. @throws what it failed with */
  finish: () => Promise<void>
}

/** @throws UserError `unwritable`, with the name of the file */
const named: typeof writeCheckpoint = (file, checkpoint) => writeCheckpoint(file, checkpoint).catch(unwritable(file))

/** Writes to one file, one checkpoint at a time. */
export const backgroundWrites = (file: string, write: typeof writeCheckpoint = named): BackgroundWrites => {
  let latest: Promise<void> = Promise.resolve()
  const finish = async () => {
    const awaited = latest
    latest = Promise.resolve()
    await awaited
  }
  const begin = async (checkpoint: Checkpoint) => {
    const before = finish()
    await before.catch(() => {})
    latest = write(file, checkpoint)
    // Goes to whoever waits for it; until then it is no failure of the process.
    latest.catch(() => {})
    await before
  }
  return { begin, finish }
}
