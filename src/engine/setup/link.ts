import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tfjsNode } from '../native/tfjs_node.ts'

/** Where the package looks for its binding, Node-API 8 under every Node that ferment runs on; null where there is no package. */
export const bindingFile = (): string | null => {
  const dir = tfjsNode()
  return dir === null ? null : join(dir, 'lib/napi-v8/tfjs_binding.node')
}

/**
 * Makes the package use a build: one link, because Node resolves it before loading and the build finds its libraries beside itself. `npm ci`
 * removes the link, never the build. Replaced in one move, since other processes may be loading it.
 * @returns whether something had to be done.
 */
export const linkBuild = (build: string, file = bindingFile()): boolean => {
  const target = join(build, 'tfjs_binding.node')
  if (file === null || linkTarget(file) === target) return false
  mkdirSync(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  rmSync(fresh, { force: true })
  symlinkSync(target, fresh)
  renameSync(fresh, file)
  return true
}

const linkTarget = (file: string): string | null => {
  try {
    return readlinkSync(file)
  } catch {
    return null
  }
}

/** Takes the link away if it leads into a folder of builds. */
export const unlinkBuilds = (dir: string, file = bindingFile()): void => {
  if (file !== null && linkTarget(file)?.startsWith(join(dir, '/'))) rmSync(file, { force: true })
}
