import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** What WebGPU would find: a driver of a GPU, one that lets the processor play a GPU, or none. */
export type Drivers = 'gpu' | 'software' | 'none'

/** Drivers of Mesa and Google that compute on the processor, by their manifests. */
const SOFTWARE = /^(lvp|lavapipe|vk_swiftshader)/

/**
 * What there is of drivers, by their files; only opening a device is certain. macOS and Windows bring their own.
 * @param dev  folder of device files
 */
export const readDrivers = ({ platform = process.platform, env = process.env, dev = '/dev' } = {}): Drivers => {
  if (platform === 'darwin' || platform === 'win32') return 'gpu'
  const found = manifests(env).map((file) => basename(file))
  if (found.some((name) => !SOFTWARE.test(name)) && hasGpu(dev)) return 'gpu'
  return found.some((name) => SOFTWARE.test(name)) ? 'software' : 'none'
}

/** Manifests of Vulkan's drivers, where its loader looks for them (Vulkan-Loader, docs/LoaderDriverInterface.md). */
const manifests = (env: NodeJS.ProcessEnv): string[] => {
  const named = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES
  if (named !== undefined)
    return named.split(delimiter).flatMap((path) => (isManifest(path) ? (existsSync(path) ? [path] : []) : listed(path).filter(isManifest)))
  const home = os.homedir()
  const dirs = [
    env.XDG_CONFIG_HOME || join(home, '.config'),
    ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(delimiter),
    '/etc',
    env.XDG_DATA_HOME || join(home, '.local/share'),
    ...(env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(delimiter),
  ]
  return dirs.flatMap((dir) => listed(join(dir, 'vulkan/icd.d')).filter(isManifest))
}

const isManifest = (file: string): boolean => file.endsWith('.json')

const listed = (dir: string): string[] => {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** Whether a process here may open a GPU: the files that Linux has for each. */
const hasGpu = (dev: string): boolean =>
  listed(join(dev, 'dri')).some((name) => name.startsWith('renderD')) || listed(dev).some((name) => /^(nvidia\d+|dxg)$/.test(name))

/** Whether the package `webgpu` has a build for a system. */
export const hasDawn = (platform: string, arch: string): boolean => {
  const dist = join(dirname(require.resolve('webgpu')), 'dist')
  return existsSync(join(dist, `${platform}-${platform === 'darwin' ? 'universal' : arch}`, 'dawn.node'))
}
