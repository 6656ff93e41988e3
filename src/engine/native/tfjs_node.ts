import { existsSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { enginesDir } from '../setup/cache.ts'

const require = createRequire(import.meta.url)

/** The package whose binding to TensorFlow, kernels and graph messages are used, by npm's own hash of it. */
export const TFJS_NODE = {
  name: '@tensorflow/tfjs-node-gpu',
  version: '4.22.0',
  integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
}

/** Where set-up puts it for a ferment that was installed from npm. */
export const fetchedPackage = (): string => join(enginesDir(), `tfjs-node-gpu-${TFJS_NODE.version}`)

/**
 * Folder of the package; null where there is none. A checkout has it among its packages. An installed ferment does not depend on it, since
 * npm would run its install script, which downloads another TensorFlow: set-up fetches it into the cache.
 */
export const tfjsNode = (): string | null => {
  try {
    return dirname(require.resolve(`${TFJS_NODE.name}/package.json`))
  } catch {
    return existsSync(join(fetchedPackage(), 'package.json')) ? fetchedPackage() : null
  }
}

/** A file of the package, e.g. `dist/int64_tensors.js`. @throws where the package is not there */
export const requireTfjsNode = (file: string): unknown => {
  const dir = tfjsNode()
  if (dir === null) throw new Error(`${TFJS_NODE.name} is not there. Run: npx ferment setup`)
  if (dir === fetchedPackage()) sharePackages()
  return require(join(dir, file))
}

/** What the package needs and does not find from within the cache: ours, as there must be one TensorFlow.js in a process. */
const BORROWED = ['@tensorflow/tfjs', 'google-protobuf']

const isShared = { done: false }

/** Lets the package find ours, as NODE_PATH does for a user. */
const sharePackages = (): void => {
  if (isShared.done) return
  isShared.done = true
  const folders = BORROWED.map((name) => require.resolve(`${name}/package.json`).slice(0, -`/${name}/package.json`.length))
  process.env.NODE_PATH = [...new Set([process.env.NODE_PATH, ...folders])].filter(Boolean).join(delimiter)
  ;(Module as unknown as { _initPaths: () => void })._initPaths()
}
