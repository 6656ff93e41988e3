import { isUtf8 } from 'node:buffer'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ProblemCode } from '../../schema/problem_code.ts'
import { nearest } from '../nearest.ts'
import { inYaml } from './flow_text.ts'
import type { Checked, Found } from './found.ts'
import type { Origin, SourceFile } from './source_file.ts'
import { MAX_BYTES } from './yaml_limits.ts'

/** Reads a file of UTF-8 text. `from`: where it is named, for the problem if it cannot be read. */
export const readSource = async (name: string, from: Origin): Promise<Checked<SourceFile>> => {
  const wrong = (code: ProblemCode, message: string, advice: Pick<Found, 'hint' | 'fixes'> = {}) => ({
    found: [{ code, message, origin: from, ...advice }],
  })
  try {
    const found = await stat(name)
    if (found.isDirectory()) return wrong('file_unreadable', `${name} is a folder.`, { hint: 'Name the recipe in it.' })
    // A pipe would be waited for, perhaps for ever, and can be read once only.
    if (!found.isFile())
      return wrong('file_unreadable', `${name} is a pipe or a device, not a file.`, { hint: 'Put the recipe into a file.' })
    if (found.size > MAX_BYTES) return wrong('too_large', `${name} has ${found.size} bytes; a recipe may have ${MAX_BYTES}.`)
    return decoded(name, await readFile(name))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return wrong('file_missing', `There is no file ${name}.`, await neighbour(name, from))
    return wrong('file_unreadable', `${name} cannot be read (${code}).`)
  }
}

/** Stands for bytes that mean nothing. */
const REPLACED = '\ufffd'

const decoded = (name: string, bytes: Buffer): Checked<SourceFile> => {
  const text = new TextDecoder('utf-8').decode(bytes)
  const start = text.indexOf(REPLACED)
  // Somebody may have written the sign itself.
  if (start < 0 || isUtf8(bytes)) return { value: { name, text }, found: [] }
  const isUtf16 = /^(\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))
  const hint = isUtf16 ? 'It is UTF-16, as some editors of Windows save it. Save it as UTF-8.' : 'Save the file as UTF-8.'
  const message = isUtf16 ? `${name} is not UTF-8 text.` : 'From here on this is not UTF-8 text.'
  return {
    found: [
      {
        code: 'not_utf8',
        message,
        hint,
        origin: { file: { name, text: isUtf16 ? '' : text }, start: isUtf16 ? 0 : start, end: start + 1 },
      },
    ],
  }
}

const neighbour = async (name: string, from: Origin): Promise<Pick<Found, 'hint' | 'fixes'>> => {
  const files = await readdir(dirname(name)).catch(() => [])
  const near = nearest(basename(name), files)
  if (near === undefined) return {}
  const hint = `Did you mean "${near}"?`
  const written = from.file.text.slice(from.start, from.end)
  const folder = dirname(written)
  return written === '' ? { hint } : { hint, fixes: [{ at: from, text: inYaml(folder === '.' ? near : join(folder, near)) }] }
}
