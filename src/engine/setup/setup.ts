import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readMachine } from '../choose/machine.ts'
import { tfjsNode } from '../native/tfjs_node.ts'
import type { BuildOptions } from './build.ts'
import { buildDir, readBuild, STAGE } from './builds.ts'
import { downloadsDir, enginesDir } from './cache.ts'
import { linkBuild, unlinkBuilds } from './link.ts'
import type { Trial, Verify } from './verify.ts'
import { kindFor, type Want, type Wheel, wheelFor } from './wheel.ts'

export type SetupOptions = {
  want: Want
  /** Hears what is done next. */
  say: (text: string) => void
  signal: AbortSignal
  verify?: Verify
  /** Where the package looks for its binding. */
  binding?: string
}

export type SetupResult = Trial & {
  /** Folder of the build. */
  dir: string
  /** Whether this call built it, linked it into this checkout, or found all in place. */
  did: 'built' | 'linked' | 'nothing'
}

/**
 * Sees to it that this checkout has the native engine. Where all is in place it only looks.
 * @throws UserError `platform_unsupported`, `python_missing`, `pip_missing`, `compiler_missing`, `disk_full`, `download_failed`,
 * `compile_failed`, `engine_broken`
 */
export const setupNative = async ({ want, binding, ...options }: SetupOptions): Promise<SetupResult> => {
  const machine = readMachine()
  const kind = kindFor(machine, want)
  const [dir, found] = [buildDir(kind), readBuild(kind)]
  if (tfjsNode() === null) await (await import('./fetch_tfjs_node.ts')).fetchTfjsNode(options)
  const trial = found ?? (await build({ ...options, machine, wheel: wheelFor(machine, kind) }))
  const linked = linkBuild(dir, binding)
  return { ...trial, dir, did: found === null ? 'built' : linked ? 'linked' : 'nothing' }
}

/** Loaded only where there is something to build: to find all in place takes milliseconds. */
const build = async (options: BuildOptions): Promise<Trial> => {
  const { buildEngine } = await import('./build.ts')
  return buildEngine(options)
}

/** What `setupNative` would download and build; null where it is built. @throws UserError `platform_unsupported` */
export const setupPlan = (want: Want): { wheel: Wheel; dir: string; built: boolean } => {
  const machine = readMachine()
  const kind = kindFor(machine, want)
  return { wheel: wheelFor(machine, kind), dir: buildDir(kind), built: readBuild(kind) !== null }
}

/** Removes every build and download, and this checkout's link. @returns the folders removed. Weights and the rest of the cache stay. */
export const removeNative = async ({ say, binding, signal }: Pick<SetupOptions, 'say' | 'binding' | 'signal'>): Promise<string[]> => {
  const dirs = [enginesDir(), downloadsDir()].filter((dir) => existsSync(dir))
  if (dirs.length === 0) return []
  const { takeLock } = await import('./lock.ts')
  const lock = await takeLock(enginesDir(), {
    onWait: () => say('another ferment setup is at work; waiting for it'),
    onLost: () => {},
    signal,
  })
  unlinkBuilds(enginesDir(), binding)
  // Renamed first: a removal that is killed leaves no half of a build under a build's name.
  const builds = (await readdir(enginesDir())).filter((name) => !name.startsWith(STAGE))
  await Promise.all(builds.map((name) => rename(join(enginesDir(), name), join(enginesDir(), `${STAGE}removed-${name}`))))
  await Promise.all([enginesDir(), downloadsDir()].map((dir) => rm(dir, { recursive: true, force: true })))
  await lock.release().catch(() => {})
  return dirs
}
