import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { userError } from '../../../problem.ts'
import { type FileVersion, fileVersion } from '../unpacked/find_file.ts'

/** A file as it was when it was listed. */
export type ListedFile = { path: string; size: number; version: FileVersion }

type Listing = { files: ListedFile[]; folders: string[] }

/**
 * What a folder has, sorted, links followed: hidden names and what is neither file nor folder are left out. A link to nothing counts as
 * an empty file, so that it is reported where an image is read from it; one that goes in a circle is left out.
 * @throws UserError `data_unreadable`
 */
export const listFolder = async (folder: string): Promise<Listing> => {
  const names = await readdir(folder).catch(unreadable(folder))
  const shown = names.filter((name) => !name.startsWith('.')).sort(byName)
  const entries = await Promise.all(shown.map((name) => look(join(folder, name))))
  return {
    files: entries.flatMap((entry) => (entry?.kind === 'file' ? [entry.file] : [])),
    folders: entries.flatMap((entry) => (entry?.kind === 'folder' ? [entry.path] : [])),
  }
}

const unreadable =
  (path: string) =>
  ({ code, message }: NodeJS.ErrnoException): never => {
    throw userError({
      code: 'data_unreadable',
      message: `The folder ${path} cannot be read: ${code === 'EACCES' ? 'permission denied' : message}.`,
      hint: code === 'EACCES' ? 'Make the folder readable for you.' : 'Check the disk and the path.',
    })
  }

/** In the order of the code points, as Python sorts. */
const byName = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Of a link that leads nowhere. */
const NOWHERE = { size: 0, modifiedMs: 0, changedMs: 0, inode: 0 }

const look = async (path: string) => {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) return { kind: 'folder', path } as const
    return stats.isFile() ? ({ kind: 'file', file: { path, size: stats.size, version: fileVersion(stats) } } as const) : null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ELOOP' ? null : ({ kind: 'file', file: { path, size: 0, version: NOWHERE } } as const)
  }
}

/**
 * All files of a folder and those in it: folders sorted by their whole path, as Keras' `image_dataset_from_directory` goes through them.
 * Each folder is entered once, and none that has `root` in it: links may lead back.
 */
export const listFiles = async (folder: string, root: string): Promise<ListedFile[]> => {
  const found = await walk(folder, await realFolder(root), new Set())
  return found.sort((a, b) => byName(a.folder, b.folder)).flatMap(({ files }) => files)
}

const walk = async (folder: string, root: string, seen: Set<string>): Promise<{ folder: string; files: ListedFile[] }[]> => {
  const real = await realFolder(folder)
  if (seen.has(real)) return []
  seen.add(real)
  const { files, folders } = await listFolder(folder)
  const found = [{ folder, files }]
  for (const below of folders) if (!contains(await realFolder(below), root)) found.push(...(await walk(below, root, seen)))
  return found
}

const realFolder = (folder: string) => realpath(folder).catch(unreadable(folder))

const contains = (outer: string, inner: string) => {
  const way = relative(outer, inner)
  return !way.startsWith('..') && !isAbsolute(way)
}

/** Whether a folder is `root` or above it, by its name or through a link. */
export const leadsBack = async (folder: string, root: string): Promise<boolean> =>
  contains(await realFolder(folder), await realFolder(root))
