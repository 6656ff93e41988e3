import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { TFJS_NODE } from '../src/engine/native/tfjs_node.ts'
import { temporaryFolder } from './data/temporary_folder.ts'
import { png } from './data/tiny_images.ts'

const ROOT = join(import.meta.dirname, '..')

const run = (cwd: string, command: string, ...args: string[]) =>
  execa(command, args, { cwd, reject: false, all: true, stdin: 'ignore', env: { FERMENT_CACHE_DIR: join(cwd, 'cache'), NODE_PATH: '' } })

/** Of a file that `npm pack` makes: the names of what is in it. */
const packedFiles = async (): Promise<string[]> => {
  const { stdout } = await run(ROOT, 'npm', 'pack', '--dry-run', '--json')
  return (JSON.parse(stdout) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path)
}

test('the packed file has what runs, and what is read with it: no tests, no benchmarks, no recipes of the user', async () => {
  const tops = new Set((await packedFiles()).map((path) => path.split('/').slice(0, 2).join('/')))
  const known =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/ferment\.mjs|docs\/\w+\.md|src\/\w+(\.ts)?|schema\/(\w+\.schema\.json|editor\.schema\.json|recipe\.ts|record\.ts)|recipes\/(examples|paper))$/
  expect([...tops].filter((path) => !known.test(path))).toEqual([])
  expect([...tops].filter((path) => path.startsWith('recipes/')).sort()).toEqual(['recipes/examples', 'recipes/paper'])
})

test("set-up checks tfjs-node by npm's own hash of the version that a checkout has", async () => {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'))
  const { version, integrity } = packages[`node_modules/${TFJS_NODE.name}`]
  expect(TFJS_NODE).toMatchObject({ version, integrity })
})

test('no version of a package is forced that an installation from the packed file would not get', async () => {
  const { overrides, scripts, dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  expect(overrides).toBeUndefined()
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([])
  expect(Object.keys(dependencies)).not.toContain(TFJS_NODE.name)
})

const registry = await execa('npm', ['view', 'ferment', 'version', '--fetch-retries=0', '--fetch-timeout=5000'], {
  reject: false,
  timeout: 10_000,
})
/** "There is no such package" is an answer, too. */
const online = !registry.failed || /E404/.test(registry.stderr)

/** Two folders of photographs, as many as a small recipe needs. */
const images = () => {
  const of = (color: readonly [number, number, number]) => png(color, { width: 40, height: 30 })
  const files: Record<string, Promise<Buffer>> = {}
  for (let index = 0; index < 12; index++) {
    files[`cat/${index}.png`] = of([200, 10 * index, 0])
    files[`dog/${index}.png`] = of([0, 10 * index, 200])
  }
  return files
}

test.skipIf(!online)(
  'installed from the packed file into an empty folder (needs a registry of npm): own images, a run, a report',
  async () => {
    const cwd = join(await temporaryFolder(), 'a "study" of mine')
    await mkdir(cwd)
    const ferment = (...args: string[]) => run(cwd, 'npx', 'ferment', ...args)
    const { stdout } = await run(ROOT, 'npm', 'pack', '--silent', '--pack-destination', cwd)
    const installed = await run(cwd, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', `./${stdout.trim()}`)
    expect(installed.exitCode, installed.all).toBe(0)
    // The schema is found from where the recipe stands.
    expect(await ferment('new', 'recipes/own', '--from', 'own-images')).toMatchObject({ exitCode: 0 })
    const file = join(cwd, 'recipes/own.yaml')
    const [, schema] = /\$schema=(.*)/.exec(await readFile(file, 'utf8')) ?? []
    expect(JSON.parse(await readFile(join(cwd, 'recipes', schema ?? ''), 'utf8'))).toHaveProperty('$schema')
    for (const [name, bytes] of Object.entries(images())) {
      await mkdir(join(cwd, 'data/my-images', name, '..'), { recursive: true })
      await writeFile(join(cwd, 'data/my-images', name), await bytes)
    }
    expect((await ferment('validate', 'recipes/own.yaml')).all).toMatch(/recipes\/own\.yaml: right/)
    const { all, exitCode } = await ferment('run', 'recipes/own.yaml', '--set', 'training.epochs=1', '--report')
    expect(exitCode, all).toBe(0)
    expect(await readdir(join(cwd, 'runs'))).toHaveLength(1)
    expect(await readdir(join(cwd, 'reports'))).toEqual(['own.html'])
  },
  300_000,
)
