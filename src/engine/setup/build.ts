import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../cache_folder.ts'
import { userError } from '../../problem.ts'
import type { Machine } from '../choose/machine.ts'
import { buildDir, readBuild, STAGE, TRIAL_FILE } from './builds.ts'
import { downloadsDir, enginesDir } from './cache.ts'
import { compileBinding } from './compile.ts'
import { fetchLibraries } from './fetch.ts'
import { takeLock } from './lock.ts'
import { findTools } from './tools.ts'
import { type Trial, type Verify, verifyBuild } from './verify.ts'
import { platformTags, type Wheel } from './wheel.ts'

export type BuildOptions = {
  machine: Machine
  wheel: Wheel
  say: (text: string) => void
  /** Default: trains a tiny network. */
  verify?: Verify | undefined
  signal: AbortSignal
}

/**
 * Builds the native engine into the cache. Nothing half-done is ever found under its name: it is made in a stage, which is moved there
 * after it has trained. Two set-ups at once: the second waits and finds it done. Killed: the next clears the stage and starts again, with
 * the wheels that are there, which stay until the build is done.
 * @throws UserError for a missing tool, no space, a failed download or compilation, a build that does not train.
 */
export const buildEngine = async (options: BuildOptions): Promise<Trial> => {
  const { wheel, say, signal } = options
  const lost = new AbortController()
  const lock = await takeLock(enginesDir(), {
    onWait: () => say('another ferment setup is at work; waiting for it'),
    signal,
    onLost: () => lost.abort(new Error('the set-up was asleep for too long, and another one went on in its place')),
  })
  const stage = join(enginesDir(), `${STAGE}${process.pid}`)
  try {
    const built = readBuild(wheel.kind)
    if (built) return built
    await removeStages()
    await mkdir(stage)
    const trial = await buildStage(stage, { ...options, signal: AbortSignal.any([signal, lost.signal]) })
    await rename(stage, buildDir(wheel.kind))
    await rm(downloadsDir(), { recursive: true, force: true })
    return trial
  } finally {
    await rm(stage, { recursive: true, force: true })
    await lock.release().catch(() => {})
  }
}

/** Stages are made under the lock only, so any that is found under it was left by a process that was killed. */
const removeStages = async (): Promise<void> => {
  const stages = (await readdir(enginesDir())).filter((name) => name.startsWith(STAGE))
  await Promise.all(stages.map((name) => rm(join(enginesDir(), name), { recursive: true, force: true })))
}

const buildStage = async (stage: string, { machine, wheel, say, verify = verifyBuild, signal }: BuildOptions): Promise<Trial> => {
  const { python, compiler } = await findTools()
  await requireSpace(wheel)
  say(`downloading ${wheel.requirement} with pip: ${wheel.downloadMB} MB; unpacked, ${wheel.diskMB} MB stay in ${cacheFolder()}`)
  await fetchLibraries(wheel, stage, { python, tags: platformTags(machine), signal, say })
  say('compiling the binding (about 15 s)')
  await compileBinding(stage, { compiler, signal })
  say('training a tiny network with it')
  const trial = await verify(join(stage, 'tfjs_binding.node'), signal)
  await writeFile(join(stage, TRIAL_FILE), `${JSON.stringify(trial)}\n`)
  return trial
}

const requireSpace = async ({ peakMB }: Wheel): Promise<void> => {
  const { bavail, bsize } = await statfs(enginesDir())
  const freeMB = Math.floor((bavail * bsize) / 1e6)
  if (freeMB >= peakMB) return
  throw userError({
    code: 'disk_full',
    message: `The native engine needs ${peakMB} MB of free disk space while it is built, and ${cacheFolder()} has ${freeMB} MB.`,
    hint: 'FERMENT_CACHE_DIR can name a folder on another disk.',
  })
}
