import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** Commit of ferment's checkout; null where it is none, or git is missing. */
export const commitOf = (): Promise<string | null> => git('rev-parse', 'HEAD')

/** Of ferment's own checkout: an installed one may lie within a repository of its user. */
const git = async (...args: string[]): Promise<string | null> => {
  if (!existsSync(join(ROOT, '.git'))) return null
  return new Promise((resolve) =>
    execFile('git', args, { cwd: ROOT, timeout: 5000 }, (error, stdout) => resolve(error ? null : stdout.trimEnd())),
  )
}

/** Whether files of the checkout differ from its commit, but for reports, which are rendered anew all the time; null where that is not known. */
export const isDirty = async (): Promise<boolean | null> => {
  const changes = await git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!reports')
  return changes === null ? null : changes !== ''
}
