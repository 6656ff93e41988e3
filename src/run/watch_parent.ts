import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from './job.ts'
import { runFiles } from './store.ts'

const POLL_MS = 5000
/** A shared folder (NFS) may show a time this late; the parent renews its lock every few seconds. */
const SILENT_MS = 90_000

/**
 * For a child on another machine, which no pipe binds to its parent: `stop` is called once the parent's lock of the run was not renewed for a
 * minute and a half, by this machine's clock, or the run was handed to another child.
 */
export const watchParent = ({ store, id }: Job, attempt: string, stop: () => void): void => {
  const { dir, job } = runFiles(store, id)
  let [seen, since]: [number | null, number] = [null, performance.now()]
  const look = async () => {
    const time = await lockTime(dir)
    if (time !== seen) [seen, since] = [time, performance.now()]
    const isSilent = performance.now() - since > SILENT_MS
    if (isSilent || !(await isOurs(job, attempt))) stop()
  }
  setInterval(look, POLL_MS).unref()
}

const lockTime = async (dir: string): Promise<number | null> => (await stat(join(dir, 'lock')).catch(() => null))?.mtimeMs ?? null

/** Whether the run was handed to this child: an earlier ferment, which is gone, may have handed it to another that still waits in a queue. */
const isOurs = async (jobFile: string, attempt: string): Promise<boolean> => {
  try {
    return (JSON.parse(await readFile(jobFile, 'utf8')) as Job).attempt === attempt
  } catch {
    // Being written just now.
    return true
  }
}
