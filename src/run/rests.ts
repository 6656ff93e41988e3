import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Names of files that are being written: a process that was killed leaves them behind (`record.json.123`, `progress.json.123.tmp`). */
const UNFINISHED = /^(record|job|progress|exit|checkpoint|predictions|weights)\b.*\.\d+(\.tmp)?$/

/** Files of a run's folder that nobody will finish. To be looked for under the lock of the run only: then nobody writes there. */
export const restsIn = async (dir: string): Promise<string[]> => {
  const names = await readdir(dir).catch(() => [])
  return names.filter((name) => UNFINISHED.test(name) || name === 'progress.json' || name === 'exit.json').map((name) => join(dir, name))
}

/** Takes away what a killed process has left. That it cannot is no reason not to go on. */
export const removeRests = async (dir: string): Promise<void> => {
  for (const file of await restsIn(dir)) await rm(file, { force: true }).catch(() => {})
}
