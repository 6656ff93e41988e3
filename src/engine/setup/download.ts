import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { userError } from '../../problem.ts'
import { downloadsDir } from './cache.ts'
import { guarded } from './guarded.ts'

export type DownloadOptions = {
  python: string
  /** Platform tags in pip's spelling. */
  tags: readonly string[]
  signal: AbortSignal
}

/**
 * Downloads one wheel with pip, which honours the user's index, proxy and certificates. A wheel that an earlier set-up left is checked by its
 * hash and not downloaded again. pip draws its bar on a terminal and is silent elsewhere.
 * @returns the wheel's path; it stays until the caller removes it.
 * @throws UserError `download_failed` with pip's last lines.
 */
export const downloadWheel = async (requirement: string, { python, tags, signal }: DownloadOptions): Promise<string> => {
  const dest = join(downloadsDir(), requirement.replace(/[^\w.-]+/g, '_'))
  await mkdir(dest, { recursive: true })
  const terminal = process.stderr.isTTY
  const args = [...pipArguments(requirement, tags, dest), ...(terminal ? [] : ['--quiet'])]
  const done = await guarded(python, args, {
    cancelSignal: signal,
    all: !terminal,
    ...(terminal ? { stdout: 2, stderr: 'inherit' } : {}),
  })
  signal.throwIfAborted()
  const wheel = (await readdir(dest)).find((name) => name.endsWith('.whl'))
  if (!done.failed && wheel) return join(dest, wheel)
  throw userError({
    code: 'download_failed',
    message: `pip could not download ${requirement}${terminal ? ', for the reason above' : `:\n${lastLines(done.all)}`}`,
    hint: `${python} -m pip config list shows which index it asks. What is downloaded already is kept for the next try.`,
  })
}

const pipArguments = (requirement: string, tags: readonly string[], dest: string): string[] => [
  ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-cache-dir', '--no-deps', '--only-binary=:all:'],
  // The libraries do not depend on Python: take the 3.11 wheel whichever Python runs pip.
  ...['--implementation', 'cp', '--python-version', '3.11', ...tags.flatMap((tag) => ['--platform', tag])],
  ...['--dest', dest, requirement],
]

/** pip's own last words: enough to act on, without its whole log. */
const lastLines = (output: string | undefined): string => (output ?? '').trim().split('\n').slice(-4).join('\n')
