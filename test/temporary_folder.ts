import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Projects share it: in folders within each other, the names of Chromium's sockets would become too long. */
const folder = /ferment-tests-\w+$/.test(tmpdir()) ? tmpdir() : mkdtempSync(join(tmpdir(), 'ferment-tests-'))

/** Gives all tests one folder for their temporary files. */
export const setup = (): void => {
  process.env.TMPDIR = folder
}

/** Takes it away, with what tests of stopped processes have left in it. */
export const teardown = (): void => {
  rmSync(folder, { recursive: true, force: true })
}
