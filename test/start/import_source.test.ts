import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../data/temporary_folder.ts'

const ROOT = join(import.meta.dirname, '../..')

type Checkout = { dir: string; cache: string; start: (...args: string[]) => Promise<{ exitCode?: number | undefined; all?: string }> }

const startIn =
  (dir: string, env: Record<string, string> = {}): Checkout['start'] =>
  (...args) =>
    execa(process.execPath, [join(dir, 'bin/ferment.mjs'), ...args], { env, reject: false, all: true, stdin: 'ignore' })

/** A checkout of its own with the packages of this one, whose sources may be changed. */
const checkout = async (): Promise<Checkout> => {
  const dir = await temporaryFolder()
  for (const part of ['bin', 'src', 'schema', 'package.json']) await cp(join(ROOT, part), join(dir, part), { recursive: true })
  await mkdir(join(dir, 'node_modules'))
  const packages = (await readdir(join(ROOT, 'node_modules'))).filter((name) => !name.startsWith('.'))
  for (const name of packages) await symlink(join(ROOT, 'node_modules', name), join(dir, 'node_modules', name))
  return {
    dir,
    cache: join(dir, 'node_modules/.cache/ferment'),
    start: startIn(dir),
  }
}

/** Changes what `ferment --help` says. */
const describeAs = async (dir: string, text: string): Promise<void> => {
  const file = join(dir, 'src/cli.ts')
  const source = await readFile(file, 'utf8')
  await writeFile(file, source.replace(/\.description\('[^']*'\)/, `.description('${text}')`))
}

test('a bundle is made once for all starts, and another as soon as a source changes', async () => {
  const { dir, cache, start } = await checkout()
  await describeAs(dir, 'First words.')
  expect((await start('--help')).all).toContain('First words.')
  const first = await readdir(cache)
  expect((await start('--help')).all).toContain('First words.')
  expect(await readdir(cache)).toEqual(first)
  await describeAs(dir, 'Other words.')
  expect((await start('--help')).all).toContain('Other words.')
  expect(await readdir(cache)).toHaveLength(2)
})

test('of processes that make it at once, each starts and one bundle is left', async () => {
  const { cache, start } = await checkout()
  const ends = await Promise.all([start('--version'), start('--version'), start('--version')])
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  expect(await readdir(cache)).toHaveLength(1)
})

test('a copied checkout and one that was moved run their own sources', async () => {
  const { dir, start } = await checkout()
  await describeAs(dir, 'The original.')
  await start('--help')
  const [copy, moved] = [join(await temporaryFolder(), 'copy'), join(await temporaryFolder(), 'moved')]
  await cp(dir, copy, { recursive: true, verbatimSymlinks: true })
  await describeAs(copy, 'The copy.')
  expect((await startIn(copy)('--help')).all).toContain('The copy.')
  await describeAs(copy, 'The original.')
  await rename(dir, moved)
  for (const place of [copy, moved]) {
    const { all, exitCode } = await startIn(place)('schema')
    expect({ exitCode, text: all }).toEqual({
      exitCode: 0,
      text: (await readFile(join(place, 'schema/editor.schema.json'), 'utf8')).trimEnd(),
    })
  }
})

test('where packages are somebody else’s, the bundle is kept in the cache of the user', async () => {
  const { dir } = await checkout()
  await writeFile(join(dir, 'node_modules/.cache'), 'no folder')
  const cache = join(await temporaryFolder(), 'a "cache"')
  const start = startIn(dir, { FERMENT_CACHE_DIR: cache })
  for (const _ of ['first', 'second'])
    expect(await start('validate', join(ROOT, 'recipes/examples/quickstart.yaml'))).toMatchObject({ exitCode: 0 })
  expect(await readdir(join(cache, 'bundle'))).toHaveLength(1)
})

describe('where no bundle can be kept', () => {
  const nowhere = async () => {
    const { dir } = await checkout()
    await writeFile(join(dir, 'node_modules/.cache'), 'no folder')
    return { dir, start: startIn(dir, { FERMENT_CACHE_DIR: join(dir, 'package.json') }) }
  }

  test('and where a source is broken, the sources are translated one by one', async () => {
    const { dir, start } = await nowhere()
    await describeAs(dir, 'Without a bundle.')
    expect((await start('--help')).all).toContain('Without a bundle.')
    await writeFile(join(dir, 'src/cli.ts'), 'export const main = (')
    const { all, exitCode } = await start('--help')
    expect(exitCode).not.toBe(0)
    expect(all).toContain('src/cli.ts:1')
  })

  test('an installed ferment, which cannot translate them, says what helps', async () => {
    const { dir, start } = await nowhere()
    await rm(join(dir, 'node_modules/tsx'))
    const { all, exitCode } = await start('--help')
    expect(all).toMatch(
      /^ferment cannot write .*package\.json\/bundle.* \(ENOTDIR\)\. FERMENT_CACHE_DIR can name a folder that it may write to\.$/,
    )
    expect(exitCode).toBe(1)
  })
})

test('without its packages, it says how to get them', async () => {
  const dir = await temporaryFolder()
  for (const part of ['bin', 'src', 'schema', 'package.json']) await cp(join(ROOT, part), join(dir, part), { recursive: true })
  const { exitCode, stderr } = await execa(process.execPath, [join(dir, 'bin/ferment.mjs'), '--help'], { reject: false })
  expect(stderr).toBe("ferment's packages are not installed. Run: npm ci")
  expect(exitCode).toBe(1)
})

test('a bundled source finds the files that lie beside it', async () => {
  const { dir, start } = await checkout()
  const { all } = await start('schema')
  expect(all).toBe(await readFile(join(dir, 'schema/editor.schema.json'), 'utf8').then((text) => text.trimEnd()))
})

test.each([
  ['validate', 'recipes/paper/as-reported.yaml'],
  ['plan', 'recipes/examples/quickstart.yaml'],
])('%s loads no TensorFlow', async (...args) => {
  const listed =
    'process.on("exit", () => console.error(Object.keys(require.cache).filter((file) => /tensorflow.*\\.js$/.test(file)).length))'
  const watch = join(await temporaryFolder(), 'watch.cjs')
  await writeFile(watch, listed)
  const { exitCode, stderr } = await execa(process.execPath, ['--require', watch, join(ROOT, 'bin/ferment.mjs'), ...args], {
    reject: false,
  })
  expect(exitCode).toBe(0)
  expect(stderr.split('\n').at(-1)).toBe('0')
})
