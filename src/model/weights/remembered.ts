import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'

/**
 * What an examination of files came to, kept in a folder until one of them changes. Where the folder cannot be written, it is made each time.
 * @param kind  what is examined and by which rules; other rules need another kind
 */
export const remembered = async <T>(
  { folder, kind, files }: { folder: string; kind: string; files: readonly string[] },
  examine: () => Promise<T>,
): Promise<T> => {
  const identity = await identityOf(files)
  const name = createHash('sha256')
    .update([kind, ...files].join('\0'))
    .digest('hex')
    .slice(0, 16)
  const file = join(folder, `${name}.json`)
  const known = await earlier(file, identity)
  if (known !== undefined) return known as T
  const result = await examine()
  await writeFileAtomic(file, JSON.stringify({ files, identity, result })).catch(() => {})
  return result
}

/** What a file is known by without reading it: an edit changes its times, another file in its place its inode. */
const identityOf = async (files: readonly string[]): Promise<string> => {
  const stats = await Promise.all(files.map((file) => stat(file, { bigint: true })))
  return JSON.stringify(stats.map(({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].map(String)))
}

const earlier = async (file: string, identity: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  try {
    const note = JSON.parse(text) as { identity?: string; result?: unknown }
    return note.identity === identity ? note.result : undefined
  } catch {
    return undefined
  }
}
