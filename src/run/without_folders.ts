import { isAbsolute, relative } from 'node:path'

/** `/a/b/c.csv`, `~/c.csv`, `C:\a\c.csv`: a path that says where on a machine something lies. Not `a/b`, nor the path of an address. */
const ABSOLUTE =
  /(?<![\w.)}\]~/\\:]|:\/)(?:~|[A-Za-z]:)?[\\/](?![\\/])(?:[^\s"'`=:,;{}()[\]<>\\/]+[\\/])*([^\s"'`=:,;{}()[\]<>\\/]*)|(?<=:-)(?:~|[A-Za-z]:)?\/(?:[^\s"'`=:,;{}()[\]<>\\/]+\/)*([^\s"'`=:,;{}()[\]<>\\/]*)/g

/** A text of a record without the folders of the machine it was made on: of each absolute path only the last name is left. */
export const withoutFolders = (text: string): string =>
  text.replace(ABSOLUTE, (_, name?: string, fallback?: string) => name || fallback || '…')

/** The same for a path: what lies below the working directory stays as it is from there. */
export const portablePath = (path: string, cwd = process.cwd()): string => {
  const within = isAbsolute(path) ? relative(cwd, path) : ''
  return within !== '' && !within.startsWith('..') ? within : withoutFolders(path)
}

/** The same for every text in a plain value. */
export const withoutFoldersIn = <T>(value: T): T => {
  if (typeof value === 'string') return withoutFolders(value) as T
  if (Array.isArray(value)) return value.map(withoutFoldersIn) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutFoldersIn(part)])) as T
}
