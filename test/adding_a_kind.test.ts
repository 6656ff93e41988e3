import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeAll, expect, test } from 'vitest'

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
}
const GENERATED = ['docs/recipe.md', 'schema/editor.schema.json', 'schema/recipe.ts']

let copy = ''
const inCopy = (command: string, ...args: string[]) => execa(command, args, { cwd: copy, reject: false, all: true })
const edit = async (file: string, change: (text: string) => string) => writeFile(join(copy, file), change(await readFile(file, 'utf8')))

/** The definition in the schema, and its name among those of its family. */
const addDefinition = ([name, text]: [string, string]) =>
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
    (table) => `import { ${kind} } from './${kind}.ts'\n${table.replace(/^(export const \w+: .* = \{)$/m, `$1\n  ${kind},`)}`,
  )

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ferment-copy-'))
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard'])
  for (const file of stdout.split('\n')) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(file, join(copy, file)).catch(() => {}) // removed, but not yet from the index
  }
  await symlink(resolve('node_modules'), join(copy, 'node_modules'))
  await inCopy('git', 'init', '--quiet')
  await inCopy('git', 'add', '--all')
}, 600_000)

afterEach(async () => {
  await inCopy('git', 'checkout', '--quiet', '--', '.')
  await inCopy('git', 'clean', '--quiet', '--force', '-d')
})

test.each(definitions)(
  '%s: one schema entry, one row, one line of a table, one test, and what is generated',
  { timeout: 600_000 },
  async (name, text) => {
    const [family = '', ...rest] = name.split('_')
    const kind = rest.join('_')
    const folder = TABLES[family] as string
    await addDefinition([name, text])
    await addRow(folder, kind)
    const own = files.filter(([file]) => file.includes(`/${kind}.`))
    for (const [file, source] of own) {
      await mkdir(dirname(join(copy, file)), { recursive: true })
      await writeFile(join(copy, file), source)
    }
    expect((await inCopy('npx', 'tsx', 'schema/generate.ts')).all).not.toMatch(/error/i)
    const { stdout } = await inCopy('git', 'status', '--porcelain', '--untracked-files=all')
    const changed = stdout.split('\n').flatMap((line) => (/^.[MD?]/.test(line) ? [line.slice(3)] : []))
    expect(changed.sort()).toEqual([...GENERATED, 'schema/recipe.schema.json', `${folder}/table.ts`, ...own.map(([file]) => file)].sort())
    const types = await inCopy('npx', 'tsc', '-p', '.')
    expect(types.exitCode, types.all).toBe(0)
    const tests = await inCopy('npx', 'vitest', 'run', ...own.flatMap(([file]) => (file.startsWith('test/') ? [file] : [])))
    expect(tests.exitCode, tests.all).toBe(0)
  },
)

test('each example has a row and a test', () => {
  expect(definitions).toHaveLength(3)
  expect(files).toHaveLength(6)
})
