import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { type Place, userError } from '../../problem.ts'

/** Endings of packed files, and what unpacks them. */
const UNPACKERS = { '.gz': createGunzip, '.br': createBrotliDecompress }

const endings = Object.keys(UNPACKERS) as (keyof typeof UNPACKERS)[]

/** Large pieces: fewer turns of the event loop for 300 MB. */
const PIECE_BYTES = 1 << 20

export type FoundFile = { path: string; size: number; modifiedMs: number }

/** The first of `path`, `path.gz` and `path.br` that is a file, or null. @throws UserError where it cannot be looked at */
export const findFile = async (path: string): Promise<FoundFile | null> => {
  for (const candidate of [path, ...endings.map((ending) => path + ending)]) {
    const found = await stat(candidate).catch(absent(candidate))
    if (found?.isDirectory())
      throw userError({
        code: 'data_unreadable',
        message: `${candidate} is a folder; expected a file.`,
        hint: 'Name the CSV file in it.',
      })
    if (found) return { path: candidate, size: found.size, modifiedMs: found.mtimeMs }
  }
  return null
}

/**
 * The bytes of a file, unpacked if its name ends in `.gz` or `.br`.
 * @param onRead told how many of the file's own bytes are read so far
 * @param place where in the unpacked text the reader is, for what goes wrong
 * @throws UserError `data_unreadable`, or `data_compression` where the packed bytes are damaged or cut off
 */
export async function* unpacked(path: string, onRead: (bytes: number) => void, place: () => Place): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES })
  const ending = endings.find((end) => path.endsWith(end))
  // The callback is there because pipeline wants one: what goes wrong is thrown by the loop below.
  const bytes = ending ? pipeline(file, UNPACKERS[ending]({ chunkSize: PIECE_BYTES }), () => {}) : file
  try {
    for await (const piece of bytes) {
      onRead(file.bytesRead)
      yield piece as Buffer
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code.startsWith('E') && !code.startsWith('ERR_')) throw unreadable(path, error as NodeJS.ErrnoException)
    if (!ending) throw error
    throw userError({
      code: 'data_compression',
      message: `${path} cannot be unpacked (${message}): it is damaged, cut off, or not a ${ending} file.`,
      place: place(),
      hint: 'Download or copy the file again.',
    })
  }
}

const absent = (path: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw unreadable(path, error)
}

const unreadable = (path: string, { code, message }: NodeJS.ErrnoException) =>
  userError({
    code: 'data_unreadable',
    message: `${path} cannot be read: ${code === 'EACCES' ? 'permission denied' : message}.`,
    hint: code === 'EACCES' ? 'Make the file readable for you.' : 'Check the disk and the path.',
  })
