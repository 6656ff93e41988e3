import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** What decides the numbers of a run. Set-up of an engine is not part of it: it makes the same library available, or none. */
const ROOMS = ['data', 'model', 'train', 'engine']
const LEFT_OUT = join('engine', 'setup')
const SINGLE = ['random.ts']

/** SHA-256 of the names and texts of the training rooms' source files. A hundred small files take some 10 ms, so that nothing is cached. */
export const codeHash = async (src = join(import.meta.dirname, '..')): Promise<string> => {
  const inRooms = await Promise.all(
    ROOMS.map(async (room) => {
      const entries = await readdir(join(src, room), { recursive: true, withFileTypes: true }).catch(() => [])
      return entries.filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
    }),
  )
  const files = [...inRooms.flat(), ...SINGLE.map((name) => join(src, name))]
    .map((file) => ({ file, name: relative(src, file).split(sep).join('/') }))
    .filter(({ file }) => !relative(src, file).startsWith(LEFT_OUT))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const texts = await Promise.all(files.map(({ file }) => readFile(file)))
  const hash = createHash('sha256')
  for (const [index, { name }] of files.entries())
    hash
      .update(`${name}\0`)
      .update(texts[index] as Buffer)
      .update('\0')
  return hash.digest('hex')
}
