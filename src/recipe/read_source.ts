import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Checked } from './found.ts'
import { nearest } from './nearest.ts'
import type { Origin, SourceFile } from './source_file.ts'
import { MAX_BYTES } from './yaml_limits.ts'

/** Reads a file of UTF-8 text. `from`: where it is named, for the problem if it cannot be read. */
export const readSource = async (name: string, from: Origin): Promise<Checked<SourceFile>> => {
  const wrong = (code: string, message: string, hint?: string) => ({ found: [{ code, message, origin: from, ...(hint ? { hint } : {}) }] })
  try {
    const { size } = await stat(name)
    if (size > MAX_BYTES) return wrong('too_large', `${name} has ${size} bytes; a recipe may have ${MAX_BYTES}.`)
    const bytes = await readFile(name)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { value: { name, text }, found: [] }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return wrong('not_utf8', `${name} is not UTF-8 text.`, 'Save it as UTF-8.')
    if (code === 'ENOENT') return wrong('file_missing', `There is no file ${name}.`, await neighbour(name))
    if (code === 'EISDIR') return wrong('file_unreadable', `${name} is a folder.`, 'Name the recipe in it.')
    return wrong('file_unreadable', `${name} cannot be read (${code}).`)
  }
}

const neighbour = async (name: string): Promise<string | undefined> => {
  const files = await readdir(dirname(name)).catch(() => [])
  const near = nearest(basename(name), files)
  return near && `Did you mean "${near}"?`
}
