import { mkdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { lock } from 'proper-lockfile'

export type HeldLock = { release: () => Promise<void> }
export type LockHooks = {
  /** Called once if another process holds the lock. */
  onWait: () => void
  /** Called if the lock was lost, because this process did not run for longer than a lock lives without it. */
  onLost: () => void
  /** Ends the waiting, with its reason. */
  signal: AbortSignal
}

/** A lock whose holder was killed opens by itself after this. */
const STALE_MS = 10_000
const POLL_MS = 300

/** Waits for a folder's lock, as long as a living process holds it. The folder is made. */
export const takeLock = async (dir: string, { onWait, onLost, signal }: LockHooks): Promise<HeldLock> => {
  await mkdir(dir, { recursive: true })
  for (let tries = 0; ; tries++) {
    try {
      return { release: await lock(dir, { stale: STALE_MS, update: STALE_MS / 4, onCompromised: onLost }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error
    }
    if (tries === 0) onWait()
    await setTimeout(POLL_MS)
    signal.throwIfAborted()
  }
}
