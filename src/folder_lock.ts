import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { makeFolder, unwritable } from './write_whole.ts'

/** Far above the pauses of the parent's event loop, far below a user's patience: a lock whose holder has died opens by itself after this. */
export const STALE_MS = 10_000

export type FolderLock = {
  release: () => Promise<void>
  /** Aborted where the lock was lost: this process stood still for so long that another one took it, or the folder was removed. */
  lost: AbortSignal
}

/**
 * Takes the lock of a folder, of a run's so that two ferments on one store never make the same run, of a GPU's so that they share it one after
 * another, or of the engines' so that two set-ups do not build the same. The folder is made.
 * @param lockfilePath  where the lock is; it is a folder itself
 * @throws UserError `unwritable`
 * @returns null where another process holds it, or held it until it was killed less than `STALE_MS` ago
 */
export const lockFolder = async (dir: string, lockfilePath = join(dir, 'lock')): Promise<FolderLock | null> => {
  await makeFolder(dir)
  const lost = new AbortController()
  try {
    const unlock = await lock(dir, {
      lockfilePath,
      stale: STALE_MS,
      update: STALE_MS / 4,
      onCompromised: () => lost.abort(),
    })
    // A lock that was lost is another's by now.
    return { release: () => unlock().catch(() => {}), lost: lost.signal }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return null
    return unwritable(dir)(error)
  }
}
