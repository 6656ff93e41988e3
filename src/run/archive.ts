import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { create, extract } from 'tar'
import { EXIT } from '../exit_status.ts'
import { lockFolder } from '../folder_lock.ts'
import { userError } from '../problem.ts'
import { makeFolder, unwritable } from '../write_whole.ts'
import { listRuns } from './list_runs.ts'
import { lookAtRun } from './look_at_run.ts'
import { checkRecord } from './record_check.ts'
import { runFiles } from './store.ts'

/** Folders of imports begin so. */
export const IMPORTING = '.import-'

/** What another machine needs to report of a run, or to go on with it: nothing of the machine it comes from. */
const CARRIED =
  /^[0-9a-f]{16}(\/((record(-[\w.-]+)?|record\.damaged)\.json|checkpoint\.safetensors|(predictions|weights)-(last|best)\.[\w.]+))?\/?$/

/** Writes runs of a store into one file, a gzipped tar. @throws UserError `unknown_run` where there are none; `unwritable` */
export const exportRuns = async (store: string, ids: readonly string[], file: string): Promise<void> => {
  if (ids.length === 0)
    throw userError({ code: 'unknown_run', message: `${store} has no runs.`, hint: '--store names another folder.' }, EXIT.wrongUsage)
  await makeFolder(dirname(resolve(file)))
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    await create({ gzip: true, file: unfinished, cwd: store, portable: true, filter: (path) => CARRIED.test(path) }, [...ids])
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    unwritable(file)(error)
  }
}

/**
 * Takes the runs of an archive into a store: only files that runs have, each record checked. What is done there already stays as it is.
 * @throws UserError `archive_damaged`, `unwritable`
 */
export const importRuns = async (store: string, file: string): Promise<Imported[]> => {
  await makeFolder(store)
  await stat(file).catch(() => {
    throw userError({ code: 'archive_damaged', message: `There is no file ${file}.`, hint: 'npx ferment runs export makes one.' })
  })
  await mkdir(store, { recursive: true })
  const stage = await mkdtemp(join(store, IMPORTING))
  try {
    await extract({
      file,
      cwd: stage,
      strict: true,
      filter: (path, entry) => CARRIED.test(path) && !('type' in entry && /Link$/.test(entry.type)),
    }).catch((error: Error) => {
      throw userError({ code: 'archive_damaged', message: `${file} cannot be read: ${error.message}.`, hint: 'Get it again.' })
    })
    const imported: Imported[] = []
    for (const id of await listRuns(stage)) imported.push(await importRun(stage, store, id))
    return imported
  } finally {
    // An extraction that failed may still be writing.
    await rm(stage, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

const importRun = async (stage: string, store: string, id: string): Promise<Imported> => {
  const text = await readFile(runFiles(stage, id).record, 'utf8').catch(() => null)
  const checked = text === null ? null : checkRecord(text, id)
  if (checked !== null && checked.is !== 'record') return { id, did: 'refused', why: checked.why }
  const { dir } = runFiles(store, id)
  const lock = await lockFolder(dir)
  if (!lock) return { id, did: 'busy' }
  try {
    if (await isWorthMore(store, id, checked?.record.status)) return { id, did: 'kept' }
    const old = join(stage, `old-${id}`)
    await rename(dir, old)
    await rename(join(stage, id), dir)
    return { id, did: 'imported' }
  } finally {
    await lock.release()
  }
}

/** What became of a run of an archive. `kept`: it is as far here, or further; `busy`: somebody makes it just now. */
export type Imported = { id: string; did: 'imported' | 'kept' | 'busy' | 'refused'; why?: string }

/** Whether a run is further here than in the archive: done, or with a checkpoint that is not to be lost for anything but a result. */
const isWorthMore = async (store: string, id: string, status: 'done' | 'failed' | undefined): Promise<boolean> => {
  const { state, checkpoint } = await lookAtRun(store, id, Number.POSITIVE_INFINITY)
  return state === 'done' || state === 'foreign' || (status !== 'done' && checkpoint !== null)
}
