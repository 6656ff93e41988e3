import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../src/exit_status.ts'
import { ferment } from './ferment.ts'

const readme = await readFile('README.md', 'utf8')

/** Blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, of, text]) => (of === language ? [text as string] : []))

/** Commands of the README's shell blocks, without their remarks. */
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .map((line) => line.replace(/\s+# .*$/, '').trim())
  .filter(Boolean)

/** Words of a command line, quotes taken off. */
const wordsOf = (command: string): string[] => (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, ''))

const ofFerment = commands.flatMap((command) => (command.startsWith('npx ferment ') ? [wordsOf(command).slice(2)] : []))
const commandNamed = (name: string): string[] => ofFerment.find(([first]) => first === name) as string[]
const ofMake = commands.filter((command) => /(^| )make /.test(command))

let folder = ''
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'ferment-readme-')))
  await mkdir(join(folder, 'recipes'))
  for (const part of ['recipes/paper', 'recipes/examples', 'schema']) await symlink(resolve(part), join(folder, part))
  const [mine] = blocks('yaml')
  await writeFile(join(folder, 'recipes/mine.yaml'), mine as string)
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

const start = (args: readonly string[]) => ferment(args, { cwd: folder, env: { FER2013: '', FERMENT_CACHE_DIR: join(folder, 'cache') } })

test('the README has the commands that are tested here', () => {
  expect(ofFerment.map(([name]) => name)).toEqual(expect.arrayContaining(['setup', 'validate', 'plan', 'run']))
  expect(ofMake.length).toBeGreaterThan(3)
})

describe('its recipe', () => {
  test.each(['validate', 'plan'])('%s', async (name) => {
    const { exitCode, all } = await start(commandNamed(name))
    expect(exitCode, all).toBe(EXIT.done)
    expect(all).not.toMatch(/error/i)
    // The paper's class weights sum to one, which plan says.
    expect([...(all ?? '').matchAll(/ warning (\w+)/g)].map(([, code]) => code).filter((code) => code !== 'class_weight_scale')).toEqual([])
  })

  test('run, of one cell and a few images', async () => {
    const small = [
      '--profile',
      'tiny',
      '--seed',
      '0',
      '--set',
      'training.epochs=1',
      '--set',
      'limit={ train: 64, validation: 32, test: 4 }',
    ]
    const cell = ['augmentation=No', 'batch_size=4', 'class_weight=unweighted'].flatMap((only) => ['--only', only])
    const { exitCode, all, stdout } = await start([...commandNamed('run'), ...small, ...cell])
    expect(exitCode, all).toBe(EXIT.done)
    expect(stdout).toBe('reports/mine.html')
  })

  test('a wrong letter is answered as it says', async () => {
    const file = join(folder, 'recipes/mine.yaml')
    const right = await readFile(file, 'utf8')
    await writeFile(file, right.replace('{ class_weight: none }', '{ class_weigth: none }'))
    const { exitCode, all } = await start(['validate', 'recipes/mine.yaml'])
    await writeFile(file, right)
    expect(exitCode).toBe(EXIT.wrongInput)
    expect(all).toContain(blocks('text')[0]?.trimEnd())
  })
})

/** What a command's help names, with its options. */
const helpOf = async (name: string): Promise<string> => (await ferment([name, '--help'])).stdout

test('every option that it gives to a command is one', async () => {
  for (const [name, ...args] of ofFerment) {
    const help = await helpOf(name as string)
    for (const option of args.filter((word) => word.startsWith('--'))) expect(help, `${name} ${option}`).toContain(option)
  }
})

test('its table of commands has commands and options that there are', async () => {
  const rows = [...readme.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| (.+) \|$/gm)].map(([, names, text]) => ({
    names: [...(names as string).matchAll(/\w+/g)].map(([name]) => name),
    options: [...(text as string).matchAll(/`(--[\w-]+)/g)].map(([, option]) => option as string),
  }))
  expect(rows.length).toBeGreaterThan(3)
  const all = (await ferment(['--help'])).stdout
  for (const name of rows.flatMap(({ names }) => names)) expect(all).toMatch(new RegExp(`^ +${name} `, 'm'))
  for (const { names, options } of rows) {
    const help = (await Promise.all(names.map(helpOf))).join('\n')
    for (const option of options) expect(help, `${names} ${option}`).toContain(option)
  }
})

test('its exit statuses are those that there are', () => {
  const [, told] = /^Exit status: (.+)\.$/m.exec(readme) ?? []
  const { done, wrongInput, wrongUsage, runFailed, interrupted } = EXIT
  expect(told?.split(', ').map((part) => Number.parseInt(part, 10))).toEqual([done, wrongInput, wrongUsage, runFailed, interrupted])
})

test.each(ofMake)('%s has its target', async (command) => {
  const { exitCode, all } = await execa('sh', ['-c', command.replace('make ', 'make --dry-run ')], { all: true, reject: false })
  expect(exitCode, all).toBe(0)
})

test('the files that it links and names are there', () => {
  const linked = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, path]) => path as string)
  const named = [...readme.matchAll(/\btest\/[\w/]+\.test\.ts/g)].map(([path]) => path)
  expect(linked.length + named.length).toBeGreaterThan(5)
  for (const path of [...linked, ...named]) expect(existsSync(path), path).toBe(true)
})
