// How every process and thread begins: Node cannot run TypeScript by itself.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Imports a source file by its name under src/, without `.ts`: of the bundle, or, in a checkout that can have none, translated on the fly.
 * @throws ERR_MODULE_NOT_FOUND where the packages are not installed
 */
export const importSource = async (name) => {
  const { currentBundle } = await import('./bundle.mjs')
  const bundle = await currentBundle().catch((error) => ({ error }))
  if (typeof bundle === 'string') {
    if (process.env.FERMENT_DEBUG) process.setSourceMapsEnabled(true)
    return import(pathToFileURL(join(bundle, `${name}.mjs`)).href)
  }
  const typescript = await import('./typescript.mjs').catch(() => {
    throw bundle.error
  })
  typescript.registerTypeScript()
  return import(`../${name}.ts`)
}
