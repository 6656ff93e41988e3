import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { execa } from 'execa'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { commandLine, main } from '../src/cli.ts'
import { UserError } from '../src/problem.ts'
import { temporaryFolder } from './data/temporary_folder.ts'
import { ferment } from './ferment.ts'

/** Text of `--help`, with what is said after it. */
const helpOf = (command: Command): string => {
  const parts: string[] = []
  command.configureOutput({ writeOut: (part) => void parts.push(part) }).outputHelp()
  return parts.join('')
}

const commands = commandLine().commands.map((command) => command.name())

describe('the help', () => {
  test('of ferment names every command', () => {
    const help = helpOf(commandLine())
    for (const name of commands) expect(help).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    expect(help).toContain('\nExample:\n  npx ferment run recipes/paper/as-reported.yaml')
  })

  test.each(commands)('of %s has an example that works', async (name) => {
    const command = commandLine().commands.find((one) => one.name() === name) as Command
    const [, example] = /\nExamples?:\n {2}(npx ferment .+)\n/.exec(helpOf(command)) ?? []
    const words = execFileSync('bash', ['-c', `npx() { printf '%s\\0' "$@"; }; cd /; ${example}`.replace(/ > \S+$/, '')])
    const [program, ...args] = words.toString().split('\0').slice(0, -1)
    expect(program).toBe('ferment')
    expect(args[0]).toBe(name)
    for (const recipe of args.filter((arg) => arg.endsWith('.yaml'))) expect(existsSync(recipe), recipe).toBe(true)
    const line = commandLine()
    const action = vi.fn()
    const called = line.commands.find((one) => one.name() === name)
    ;(called?.commands.find((one) => one.name() === args[1]) ?? called)?.action(action)
    await line.parseAsync(args, { from: 'user' })
    expect(action).toHaveBeenCalledOnce()
  })
})

/** The command line in this process: what it says, and the status it would end with. */
const said = async (...args: string[]): Promise<{ status: unknown; text: string }> => {
  const parts: string[] = []
  const spies = [
    vi.spyOn(console, 'error').mockImplementation((text) => void parts.push(`${text}\n`)),
    ...[process.stdout, process.stderr].flatMap((stream) => [
      vi.spyOn(stream, 'write').mockImplementation((text) => parts.push(String(text)) > 0),
      vi.spyOn(stream, 'on').mockReturnThis(),
    ]),
    vi.spyOn(process, 'on').mockReturnThis(),
  ]
  await main(['node', 'ferment', ...args])
  const status = process.exitCode ?? 0
  process.exitCode = 0
  for (const spy of spies) spy.mockRestore()
  return { status, text: parts.join('') }
}

describe('the exit status', () => {
  const quickstart = 'recipes/examples/quickstart.yaml'

  test.each([
    [0, ['--help'], /^Usage: ferment/m],
    [0, ['run', '--help'], /^Usage: ferment run/m],
    [0, ['--version'], /^\d+\.\d+\.\d+$/m],
    [2, [], /^Usage: ferment/m],
    [2, ['rnu'], /unknown command 'rnu'\n\(Did you mean run\?\)\nRun ferment COMMAND --help/],
    [2, ['run'], /missing required argument 'recipes'\nRun ferment run --help/],
    [2, ['report', 'a.yaml', 'b.yaml'], /too many arguments/],
    [2, ['run', 'a.yaml', '--paralel', '1'], /unknown option '--paralel'\n\(Did you mean --parallel\?\)/],
    [2, ['run', 'a.yaml', '--seed', 'one'], /argument 'one' is invalid\. It must be a whole number\./],
    [2, ['run', 'a.yaml', '--parallel', '0'], /argument '0' is invalid\. It must be a whole number, 1 or more\./],
    [2, ['run', 'a.yaml', '--engine', 'fast'], /Allowed choices are native, webgpu, wasm/],
    [1, ['run', 'recipes/nowhere.yaml'], /recipes\/nowhere\.yaml/],
    [2, ['run', quickstart, '--profile', 'quikc'], /--profile:1:1 unknown_profile {2}The recipe has no profile "quikc"/],
    [2, ['run', quickstart, '--set', 'training.epohcs=1'], /--set:1:\d+ unknown_key/],
  ])('is %i for %j', async (status, args, expected) => {
    const { text, status: found } = await said(...args)
    expect(text).toMatch(expected)
    expect(text).not.toMatch(/^\s+at /m)
    expect(found).toBe(status)
  })

  test('is 1 for a recipe with a mistake, at its place, in a process of its own too', async () => {
    const recipe = join(await temporaryFolder(), 'my recipe.yaml')
    await writeFile(recipe, 'about: { titel: Mine }\n')
    const { exitCode, stdout, stderr } = await ferment(['run', recipe])
    expect(stderr).toContain(`${recipe}:1:10 unknown_key`)
    expect(stdout).toBe('')
    expect(exitCode).toBe(1)
  })

  test('is 0 where the reader of standard output has gone', async () => {
    const { exitCode, stderr } = await execa({
      shell: 'bash',
      reject: false,
    })`set -o pipefail; node bin/ferment.mjs schema | head -c 1 >/dev/null`
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })
})

describe('what a command throws', () => {
  const study = '../src/study/study.ts'
  const throwing = (error: unknown) => {
    vi.doMock(study, () => ({ openStudy: () => Promise.reject(error) }))
    return said('report', 'a.yaml')
  }
  const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY') ?? { value: undefined, configurable: true }
  const setTerminal = (value: boolean) => Object.defineProperty(process.stderr, 'isTTY', { value, configurable: true })
  afterEach(() => {
    vi.doUnmock(study)
    vi.unstubAllEnvs()
    Object.defineProperty(process.stderr, 'isTTY', isTTY)
  })

  test('is said without its stack where it is a bug; FERMENT_DEBUG=1 shows that', async () => {
    const bug = new RangeError('out of bounds')
    const { status, text } = await throwing(bug)
    expect(status).toBe(70)
    expect(text).toBe('ferment: this should not have happened: out of bounds\nIt is a bug of ferment. FERMENT_DEBUG=1 shows where.\n')
    vi.stubEnv('FERMENT_DEBUG', '1')
    expect((await throwing(bug)).text).toMatch(/^RangeError: out of bounds\n\s+at /)
  })

  test('is colored on a terminal, unless NO_COLOR is set, and nowhere else', async () => {
    const problem = new UserError([{ code: 'unknown_key', severity: 'error', message: 'No such key.' }])
    const red = '\u001b[31m'
    vi.stubEnv('NO_COLOR', undefined)
    setTerminal(true)
    expect((await throwing(problem)).text).toContain(red)
    vi.stubEnv('NO_COLOR', '1')
    expect((await throwing(problem)).text).toBe('unknown_key  No such key.\n')
    vi.stubEnv('NO_COLOR', undefined)
    setTerminal(false)
    expect((await throwing(problem)).text).toBe('unknown_key  No such key.\n')
  })
})
