// The sources put together in a few files of JavaScript. Translating and opening them one by one takes half a second at every start.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '../..')
/** With the packages, where tools keep what they can make again: never part of the repository, and gone when the packages change. */
const BESIDE_PACKAGES = join(ROOT, 'node_modules/.cache/ferment')
/** What a process or thread begins with. */
const ENTRIES = [
  'cli',
  'run/child',
  'run/speed/child',
  'run/verify/child',
  'data/batches/worker',
  'engine/setup/trial',
  'engine/webgpu/trial',
]
const UNUSED_MS = 7 * 24 * 3600 * 1000

/**
 * The folder of the sources' bundle; made first where it is not there. Its name is the hash of all sources, so that it can never be out of
 * date, and of the place where they lie, which stands in it: a copy of a checkout, or one that was moved, has a bundle of its own.
 * @throws where it cannot be made: a source is broken, no folder can be written to
 */
export const currentBundle = async () => {
  const name = hashOfSources()
  const beside = join(BESIDE_PACKAGES, name)
  if (existsSync(beside)) return used(beside)
  const { default: envPaths } = await import('env-paths')
  const ofUser = join(process.env.FERMENT_CACHE_DIR || envPaths('ferment', { suffix: '' }).cache, 'bundle', name)
  if (existsSync(ofUser)) return used(ofUser)
  try {
    return await make(beside, { packages: 'external' })
  } catch (error) {
    // Installed by somebody else: packages are found from within the user's cache by their full names only.
    if (error.code === undefined) throw error
    return make(ofUser, { plugins: [packagesByPlace] })
  }
}

/** SHA-256 of the place, and of the names and texts of all that may be bundled: 300 files, some 6 ms. */
const hashOfSources = () => {
  const hash = createHash('sha256')
    .update(`${ROOT}\0`)
    .update(readFileSync(join(ROOT, 'package.json')))
  for (const room of ['src', 'schema'])
    for (const name of readdirSync(join(ROOT, room), { recursive: true }).sort())
      if (/\.(ts|mjs|json)$/.test(name))
        hash
          .update(`${room}/${name}\0`)
          .update(readFileSync(join(ROOT, room, name)))
          .update('\0')
  return hash.digest('hex').slice(0, 24)
}

/** Says that a bundle is in use. */
const used = (dir) => {
  try {
    utimesSync(dir, new Date(), new Date())
  } catch {} // Of an installation of somebody else's: its owner looks after it.
  return dir
}

/** Made under another name, so that no process sees half of it; where two make it at once, the first is taken. */
const make = async (dir, { plugins = [], ...options }) => {
  mkdirSync(dirname(dir), { recursive: true })
  const unfinished = `${dir}.${randomUUID()}`
  // Fails at once, by a system error, where the folder is not ours.
  mkdirSync(unfinished)
  try {
    const { build, stop } = await import('esbuild')
    await build({
      entryPoints: ENTRIES.map((name) => ({ in: join(ROOT, 'src', `${name}.ts`), out: name })),
      outdir: unfinished,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      sourcemap: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      plugins: [knowsItsPlace, ...plugins],
      logLevel: 'silent',
      ...options,
    })
    stop()
    removeUnused(dirname(dir))
    renameSync(unfinished, dir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(dir)) throw error
  }
  return dir
}

/** A source that looks for a file beside itself finds it from within the bundle, too. */
const knowsItsPlace = {
  name: 'import.meta of the source',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
    })),
}

/** Packages as this installation finds them. */
const packagesByPlace = {
  name: 'packages by their place',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path: isBuiltin(path) ? path : import.meta.resolve(path), external: true })),
}

/** Bundles of sources that have changed since. Not at once: a study that goes on may still open a part of its own. */
const removeUnused = (cache) => {
  for (const name of readdirSync(cache)) {
    const dir = join(cache, name)
    // Another process may have finished one, and so renamed it, since the folder was read.
    const lastUse = statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (lastUse < Date.now() - UNUSED_MS) rmSync(dir, { recursive: true, force: true })
  }
}
