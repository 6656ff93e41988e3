import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

const BIN = fileURLToPath(new URL('../bin/ferment.mjs', import.meta.url))

type Options = { cwd?: string; env?: Record<string, string>; detached?: boolean }

/** The real command line in a process of its own. Its end is told, not thrown. */
export const ferment = (args: readonly string[], { cwd, env = {}, detached = false }: Options = {}) =>
  execa(process.execPath, [BIN, ...args], { ...(cwd ? { cwd } : {}), env, detached, all: true, reject: false, stdin: 'ignore' })
