import { Command } from 'commander'
import { vi } from 'vitest'

/** Runs one command in this process. @returns what it wrote; rejects with what it threw. */
export const runCommand = async (register: (program: Command) => void, ...args: string[]): Promise<{ stdout: string; stderr: string }> => {
  const program = new Command('ferment')
  register(program)
  const written = { stdout: '', stderr: '' }
  const write = (stream: keyof typeof written) => (text: string) => {
    written[stream] += `${text}\n`
  }
  const log = vi.spyOn(console, 'log').mockImplementation(write('stdout'))
  const error = vi.spyOn(console, 'error').mockImplementation(write('stderr'))
  try {
    await program.exitOverride().parseAsync(args, { from: 'user' })
    return written
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}
