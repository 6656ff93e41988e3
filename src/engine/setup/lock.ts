import { mkdir } from 'node:fs/promises'
import { type LockOptions, lock } from 'proper-lockfile'

export type HeldLock = { release: () => Promise<void> }
export type LockHooks = {
  /** Called once if another process holds the lock. */
  onWait: () => void
  /** Called if the lock was lost, because this process did not run for longer than a lock lives without it. */
  onLost: () => void
}

/** A lock whose holder was killed opens by itself after this. */
const STALE_MS = 10_000

/** Waits for a folder's lock, as long as a living process holds it. The folder is made. */
export const takeLock = async (dir: string, { onWait, onLost }: LockHooks): Promise<HeldLock> => {
  await mkdir(dir, { recursive: true })
  const options: LockOptions = { stale: STALE_MS, update: STALE_MS / 4, onCompromised: onLost }
  try {
    return { release: await lock(dir, options) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error
  }
  onWait()
  return { release: await lock(dir, { ...options, retries: { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 } }) }
}
