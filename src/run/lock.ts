import { mkdir } from 'node:fs/promises'
import { lock } from 'proper-lockfile'

/** Far above the pauses of the parent's event loop, far below a user's patience: a lock whose holder has died opens by itself after this. */
const STALE_MS = 10_000

/**
 * Takes the lock of a run's folder, so that two ferments on one store never make the same run. Waits out a lock left by a killed process.
 * @returns a function that gives it back, or null where a living process holds it.
 */
export const lockRun = async (dir: string): Promise<(() => Promise<void>) | null> => {
  await mkdir(dir, { recursive: true })
  try {
    return await lock(dir, {
      stale: STALE_MS,
      update: STALE_MS / 4,
      retries: { retries: 6, factor: 1, minTimeout: STALE_MS / 5 },
      // The folder was removed under us: the run's own writes will say so.
      onCompromised: () => {},
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return null
    throw error
  }
}
