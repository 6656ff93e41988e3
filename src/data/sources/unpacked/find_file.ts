import { stat } from 'node:fs/promises'
import { userError } from '../../../problem.ts'

/** Endings of packed files: looked for beside a missing plain one. */
const ENDINGS = ['.gz', '.br', '.zip', '.tar.gz']

/** A file that is there, as it was when it was looked at. */
export type FoundFile = { path: string; size: number; version: FileVersion }

/** Changes with a file's content, also where size and time stay the same: a program can set the time, but not when the entry changed. */
export type FileVersion = Readonly<Record<'size' | 'modifiedMs' | 'changedMs' | 'inode', number>>

export const fileVersion = ({ size, mtimeMs, ctimeMs, ino }: Record<'size' | 'mtimeMs' | 'ctimeMs' | 'ino', number>): FileVersion => ({
  size,
  modifiedMs: mtimeMs,
  changedMs: ctimeMs,
  inode: ino,
})

/** The first of `path`, `path.gz`, `path.br`, … that is a file, or null. @throws UserError where it cannot be looked at */
export const findFile = async (path: string): Promise<FoundFile | null> => {
  for (const candidate of [path, ...ENDINGS.map((ending) => path + ending)]) {
    const found = await stat(candidate).catch(absent(candidate))
    if (found?.isDirectory())
      throw userError({
        code: 'data_unreadable',
        message: `${candidate} is a folder; expected a file.`,
        hint: 'Name the CSV file in it; for a folder of images, use dataset: { kind: image_folder }.',
      })
    if (found) return { path: candidate, size: found.size, version: fileVersion(found) }
  }
  return null
}

const absent = (path: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw unreadable(path, error)
}

export const unreadable = (path: string, { code, message }: NodeJS.ErrnoException) =>
  userError({
    code: 'data_unreadable',
    message: `${path} cannot be read: ${code === 'EACCES' ? 'permission denied' : message}.`,
    hint: code === 'EACCES' ? 'Make the file readable for you.' : 'Check the disk and the path.',
  })
