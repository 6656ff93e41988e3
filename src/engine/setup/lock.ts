import { setTimeout } from 'node:timers/promises'
import { type FolderLock, lockFolder } from '../../folder_lock.ts'

export type HeldLock = Pick<FolderLock, 'release'>
export type LockHooks = {
  /** Called once if another process holds the lock. */
  onWait: () => void
  /** Called if the lock was lost, because this process did not run for longer than a lock lives without it. */
  onLost: () => void
  /** Ends the waiting, with its reason. */
  signal: AbortSignal
}

const POLL_MS = 300

/** Waits for a folder's lock, as long as a living process holds it. The folder is made. @throws UserError `unwritable` */
export const takeLock = async (dir: string, { onWait, onLost, signal }: LockHooks): Promise<HeldLock> => {
  for (let tries = 0; ; tries++) {
    // Beside the folder: what is in it are builds.
    const lock = await lockFolder(dir, `${dir}.lock`)
    if (lock !== null) {
      lock.lost.addEventListener('abort', onLost)
      return lock
    }
    if (tries === 0) onWait()
    await setTimeout(POLL_MS)
    signal.throwIfAborted()
  }
}
