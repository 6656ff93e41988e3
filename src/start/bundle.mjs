// The sources put together in a few files of JavaScript. Translating and opening them one by one takes half a second at every start.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '../..')
/** Where tools keep what they can make again: never part of the repository, and gone when the packages change. */
const CACHE = join(ROOT, 'node_modules/.cache/ferment')
/** What a process or thread begins with. */
const ENTRIES = ['cli.ts', 'run/child.ts', 'run/speed/child.ts', 'data/batches/worker.ts']
const UNUSED_MS = 7 * 24 * 3600 * 1000

/**
 * The folder of the sources' bundle, named by the hash of all of them, so that it can never be out of date; made first where it is not there.
 * @throws where it cannot be made: a source is broken, the folder cannot be written to
 */
export const currentBundle = async () => {
  const dir = join(CACHE, hashOfSources())
  if (existsSync(dir)) keep(dir)
  else await make(dir)
  return dir
}

/** SHA-256 of the names and texts of all that may be bundled: 300 files, some 6 ms. */
const hashOfSources = () => {
  const hash = createHash('sha256')
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
const keep = (dir) => {
  try {
    utimesSync(dir, new Date(), new Date())
  } catch {} // A checkout of somebody else's: its owner looks after it.
}

/** Made under another name, so that no process sees half of it; where two make it at once, the first is taken. */
const make = async (dir) => {
  const { build, stop } = await import('esbuild')
  const unfinished = `${dir}.${randomUUID()}`
  mkdirSync(CACHE, { recursive: true })
  await build({
    entryPoints: ENTRIES.map((name) => join(ROOT, 'src', name)),
    outbase: join(ROOT, 'src'),
    outdir: unfinished,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    sourcemap: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [knowsItsPlace],
    logLevel: 'silent',
  })
  stop()
  removeUnused()
  try {
    renameSync(unfinished, dir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(dir)) throw error
  }
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

/** Bundles of sources that have changed since. Not at once: a study that goes on may still open a part of its own. */
const removeUnused = () => {
  for (const name of readdirSync(CACHE)) {
    const dir = join(CACHE, name)
    // Another process may have finished one, and so renamed it, since the folder was read.
    const lastUse = statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (lastUse < Date.now() - UNUSED_MS) rmSync(dir, { recursive: true, force: true })
  }
}
