import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives all tests one folder for their temporary files; it goes when the last test has ended, with what tests of stopped processes have left in it.
 * Projects share it: in folders within each other, the names of Chromium's sockets would become too long.
 */
export const setup = (): void => {
  if (/ferment-tests-\w+$/.test(tmpdir())) return
  const folder = mkdtempSync(join(tmpdir(), 'ferment-tests-'))
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}
