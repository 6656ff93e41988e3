import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import writeFileAtomic from 'write-file-atomic'
import { EXIT } from './exit_status.ts'
import { userError } from './problem.ts'

/** Throws a system call's failure as a problem that a user understands; any other error is thrown on. */
export const unwritable =
  (file: string) =>
  (error: unknown): never => {
    const { errno } = error as NodeJS.ErrnoException
    if (errno === undefined) throw error
    const [name, reason] = getSystemErrorMap().get(errno) ?? ['', String(errno)]
    const hint = name === 'ENOSPC' ? 'Make room on the disk; what is done stays done.' : 'Use a folder that you can write to.'
    throw userError({ code: 'unwritable', message: `${file} cannot be written: ${reason}.`, hint }, EXIT.wrongUsage)
  }

/** Makes a folder that can be written to. @throws UserError `unwritable` */
export const makeFolder = async (dir: string): Promise<void> => {
  // Absolute: Node never ends to make a relative one where the working directory was removed.
  await mkdir(resolve(dir), { recursive: true }).catch(unwritable(dir))
  await access(dir, constants.W_OK).catch(unwritable(dir))
}

/** Writes a file whole or not at all: under a temporary name, synced, then renamed. Makes the folder. @throws UserError `unwritable` */
export const writeWhole = async (file: string, text: string | Buffer): Promise<void> => {
  await makeFolder(dirname(file))
  await writeFileAtomic(file, text).catch(unwritable(file))
}
