import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT } from '../exit_status.ts'
import { lockFolder } from '../folder_lock.ts'
import { userError } from '../problem.ts'
import { IMPORTING } from './archive.ts'
import { SUBMITTED } from './executors/slurm/submit.ts'
import { listRuns } from './list_runs.ts'
import { lookAtRun } from './look_at_run.ts'
import { restsIn } from './rests.ts'
import { runFiles } from './store.ts'

/** Removes a run with all its files. @throws UserError `run_at_work` where somebody makes it just now */
export const removeRun = async (store: string, id: string): Promise<void> => {
  const { dir } = runFiles(store, id)
  const lock = await lockFolder(dir)
  if (!lock)
    throw userError(
      { code: 'run_at_work', message: `The run ${id} is being made.`, hint: 'Stop it first, or wait for its end.' },
      EXIT.wrongUsage,
    )
  await rm(dir, { recursive: true, force: true })
  await lock.release()
}

/** Takes away what is needless in a store; runs that are being made are left alone. `dry`: only says it. */
export const clearStore = async (store: string, { dry }: { dry: boolean }): Promise<Cleared[]> => {
  const cleared: Cleared[] = []
  const clear = async (path: string) => {
    cleared.push({ path, bytes: await sizeOf(path) })
    if (!dry) await rm(path, { recursive: true, force: true })
  }
  for (const path of await deadImports(store)) await clear(path)
  let isIdle = true
  for (const id of await listRuns(store)) {
    const lock = await lockFolder(runFiles(store, id).dir)
    if (!lock) {
      isIdle = false
      continue
    }
    for (const path of await needless(store, id)) await clear(path)
    await lock.release()
  }
  const submitted = join(store, SUBMITTED)
  if (isIdle && existsSync(submitted)) await clear(submitted)
  return cleared
}

const sizeOf = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => null)
  if (found === null) return 0
  if (!found.isDirectory()) return found.size
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

export type Cleared = { path: string; bytes: number }

const HOUR_MS = 3_600_000

/** Folders of imports that were killed: one that goes on is younger. */
const deadImports = async (store: string): Promise<string[]> => {
  const paths = (await readdir(store).catch(() => [])).filter((name) => name.startsWith(IMPORTING)).map((name) => join(store, name))
  const ages = await Promise.all(paths.map(async (path) => Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now())))
  return paths.filter((_, index) => (ages[index] ?? 0) > HOUR_MS)
}

/** Files of a run that nobody needs: of a killed process, a checkpoint beside a record of success, all of a run that never got so far. */
const needless = async (store: string, id: string): Promise<string[]> => {
  const { dir, checkpoint } = runFiles(store, id)
  const { state, checkpoint: hasCheckpoint } = await lookAtRun(store, id, Number.POSITIVE_INFINITY)
  if (state === 'begun') return [dir]
  return [...(await restsIn(dir)), ...(state === 'done' && hasCheckpoint ? [checkpoint] : [])]
}
