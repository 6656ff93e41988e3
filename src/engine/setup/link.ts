import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Folder of the package whose binding is built, as this checkout resolves it. */
export const bindingPackage = (): string => dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'))

/** Where the package looks for its binding: Node-API 8 under every Node that ferment runs on. */
export const bindingFile = (): string => join(bindingPackage(), 'lib/napi-v8/tfjs_binding.node')

const linkTarget = (file: string): string | null => {
  try {
    return readlinkSync(file)
  } catch {
    return null
  }
}

/**
 * Makes the package use a build: one link, because Node resolves it before loading and the build finds its libraries beside itself. `npm ci`
 * removes the link, never the build. Replaced in one move, since other processes may be loading it.
 * @returns whether something had to be done.
 */
export const linkBuild = (build: string, file = bindingFile()): boolean => {
  const target = join(build, 'tfjs_binding.node')
  if (linkTarget(file) === target) return false
  mkdirSync(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  rmSync(fresh, { force: true })
  symlinkSync(target, fresh)
  renameSync(fresh, file)
  return true
}

/** Takes the link away if it leads into a folder of builds. */
export const unlinkBuilds = (dir: string, file = bindingFile()): void => {
  if (linkTarget(file)?.startsWith(join(dir, '/'))) rmSync(file, { force: true })
}
