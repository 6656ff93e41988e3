import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'

const guide = await readFile('CONTRIBUTING.md', 'utf8')

/** Blocks of a language by the word after it: the name of a definition, or of a file. */
const blocks = (language: string): [string, string][] =>
  [...guide.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)].flatMap(([, of, name = '', text = '']) =>
    of === language ? [[name, text]] : [],
  )

const definitions = blocks('json')
const files = blocks('ts')
const TABLES: Readonly<Record<string, string>> = {
  layer: 'src/model/layers',
  schedule: 'src/train/schedules',
  callback: 'src/train/callbacks',
  optimizer: 'src/train/optimizers',
  split: 'src/data/splits',
  source: 'src/data/sources',
  augmentation: 'src/data/augmentations',
  chart: 'src/report/charts',
  executor: 'src/run/executors',
}
const GENERATED = ['docs/recipe.md', 'schema/editor.schema.json', 'schema/recipe.ts']

let copy = ''
const inCopy = (command: string, ...args: string[]) => execa(command, args, { cwd: copy, reject: false, all: true })
const edit = async (file: string, change: (text: string) => string) =>
  writeFile(join(copy, file), change(await readFile(join(copy, file), 'utf8')))

/** The definition in the schema, and its name among those of its family. */
const addDefinition = (name: string, text: string) =>
  edit('schema/recipe.schema.json', (schema) => {
    const family = name.split('_')[0] as string
    const parsed = JSON.parse(schema)
    parsed.$defs[name] = JSON.parse(text)
    // Recipes are written with blocks, which specs do not have: layers are in both lists.
    for (const list of [family, `written_${family}`]) parsed.$defs[list]?.oneOf.push({ $ref: `#/$defs/${name}` })
    return `${JSON.stringify(parsed, null, 2)}\n`
  })

/** The row's import and its line. */
const addRow = (folder: string, kind: string) =>
  edit(
    `${folder}/table.ts`,
    (table) => `import { ${kind} } from './${kind}.ts'\n${table.replace(/^((?:export )?const \w+(?:: .*)? = \{)/m, `$1 ${kind}, `)}`,
  )

/** The row and its test. */
const addFiles = async (folder: string, kind: string): Promise<string[]> => {
  const own = files.filter(([file]) => [`${folder}/${kind}.ts`, `${folder.replace('src/', 'test/')}/${kind}.test.ts`].includes(file))
  for (const [file, source] of own) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await writeFile(join(copy, file), source)
  }
  return own.map(([file]) => file)
}

/** What differs from the examples before, which are committed. */
const changedFiles = async (): Promise<string[]> => {
  await inCopy('git', 'add', '--all')
  const { stdout } = await inCopy('git', 'diff', '--cached', '--name-only')
  await inCopy('git', '-c', 'user.name=a', '-c', 'user.email=a', 'commit', '--quiet', '--no-verify', '--message', 'example')
  return stdout.split('\n').sort()
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ferment-copy-'))
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard'])
  for (const file of stdout.split('\n')) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(file, join(copy, file)).catch(() => {}) // removed, but not yet from the index
  }
  await symlink(resolve('node_modules'), join(copy, 'node_modules'))
  await inCopy('git', 'init', '--quiet')
  await changedFiles()
}, 600_000)

describe('each example changes its schema entry, row, line of a table and test, and what is generated', () => {
  test.each(definitions)('%s', { timeout: 600_000 }, async (name, text) => {
    const [family = '', ...rest] = name.split('_')
    const folder = TABLES[family] as string
    await addDefinition(name, text)
    await addRow(folder, rest.join('_'))
    const own = await addFiles(folder, rest.join('_'))
    expect(own).toHaveLength(2)
    expect((await inCopy('npx', 'tsx', 'schema/generate.ts')).all).not.toMatch(/error/i)
    expect(await changedFiles()).toEqual([...GENERATED, 'schema/recipe.schema.json', `${folder}/table.ts`, ...own].sort())
  })

  test('an executor', { timeout: 600_000 }, async () => {
    const folder = TABLES.executor as string
    await edit('schema/machine.schema.json', (schema) => schema.replace('"local", "slurm"', '"local", "slurm", "none"'))
    await addRow(folder, 'none')
    const own = await addFiles(folder, 'none')
    expect(own).toHaveLength(2)
    expect(await changedFiles()).toEqual(['schema/machine.schema.json', `${folder}/table.ts`, ...own].sort())
  })
})

test('with all of them it compiles, and their tests pass', { timeout: 600_000 }, async () => {
  const types = await inCopy('npx', 'tsc', '-p', '.')
  expect(types.exitCode, types.all).toBe(0)
  const tests = await inCopy('npx', 'vitest', 'run', ...files.flatMap(([file]) => (file.startsWith('test/') ? [file] : [])))
  expect(tests.exitCode, tests.all).toBe(0)
})

test('there is an example of every family', () => {
  expect([...definitions.map(([name]) => name.split('_')[0]), 'executor'].sort()).toEqual(Object.keys(TABLES).sort())
  expect(files).toHaveLength(2 * Object.keys(TABLES).length)
})
