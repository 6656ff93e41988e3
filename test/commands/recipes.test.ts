import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { registerNew } from '../../src/commands/new.ts'
import { registerPlan } from '../../src/commands/plan.ts'
import { registerSchema } from '../../src/commands/schema.ts'
import { registerShow } from '../../src/commands/show.ts'
import { registerValidate } from '../../src/commands/validate.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { runCommand } from './run_command.ts'

let dir = ''
const folder = () => dir
const PAPER = 'recipes/paper/as-reported.yaml'
const CODED = 'recipes/paper/as-coded.yaml'
const START = 'recipes/examples/quickstart.yaml'

beforeEach(async () => {
  dir = await temporaryFolder()
  process.exitCode = 0
})
afterEach(() => {
  process.exitCode = 0
})

const wrongRecipe = async () => {
  const file = join(folder(), 'wrong.yaml')
  await writeFile(file, (await readFile(START, 'utf8')).replace('units: 64', 'untis: 64'))
  return file
}

describe('validate', () => {
  test('a right recipe in a few words', async () => {
    const { stdout } = await runCommand(registerValidate, 'validate', PAPER, START, '--profile', 'none')
    expect(stdout).toBe(`${PAPER}: right; 8 cells × 3 seeds\n${START}: right; 1 cell × 1 seed\n`)
    expect(process.exitCode).toBe(0)
  })

  test('a wrong one with its problems, and exit status 1', async () => {
    const file = await wrongRecipe()
    const { stdout } = await runCommand(registerValidate, 'validate', file)
    expect(stdout).toContain(`${file}:31:22 unknown_key  Layer "dense" has no "untis".\n`)
    expect(stdout).toMatch(/\^{5} Did you mean "units"\?/)
    expect(process.exitCode).toBe(1)
  })

  test('a file of weights that holds others is a warning at the layer that starts from them', async () => {
    const file = join(folder(), 'other.h5')
    await writeFile(file, 'not these')
    vi.stubEnv('FERMENT_VGG16', file)
    vi.stubEnv('FERMENT_CACHE_DIR', folder())
    const { stdout } = await runCommand(registerValidate, 'validate', PAPER, START)
    vi.unstubAllEnvs()
    expect(stdout).toMatch(/^recipes\/paper\/as-reported\.yaml:\d+:\d+ warning weights_damaged {2}.*other\.h5 is of no kind that is read/)
    expect(stdout.match(/weights_damaged/g)).toHaveLength(1)
    expect(process.exitCode).toBe(0)
  })

  test('a wrong argument is wrong usage: exit status 2', async () => {
    const { stdout } = await runCommand(registerValidate, 'validate', START, '--set', 'training.epohcs=5')
    expect(stdout).toContain('--set:1:10 unknown_key')
    expect(process.exitCode).toBe(2)
  })

  test('as JSON', async () => {
    const { stdout } = await runCommand(registerValidate, 'validate', await wrongRecipe(), '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ code: 'unknown_key', severity: 'error', place: { line: 31, column: 22, length: 5 } }],
    })
  })

  test('as annotations of GitHub', async () => {
    const file = await wrongRecipe()
    const { stdout } = await runCommand(registerValidate, 'validate', file, '--format', 'github')
    expect(stdout).toMatch(
      new RegExp(`^::error file=${file},line=31,col=22,endColumn=27,title=unknown_key::Layer "dense" has no "untis".%0ADid you mean`),
    )
  })
})

describe('plan', () => {
  test('a table of runs, and what each profile takes', async () => {
    const { stdout } = await runCommand(registerPlan, 'plan', PAPER, '--profile', 'quick', '--store', folder())
    expect(stdout).toMatch(/^id +model +augmentation +batch_size +seed +parameters +steps +time +state\n/)
    expect(stdout).toMatch(/^[0-9a-f]{16} {2}My CNN +No +4 +0 +5,127,495 +300 .+ to do$/m)
    for (const profile of ['quick', 'paper', 'tiny']) expect(stdout).toMatch(new RegExp(`^Profile ${profile}: \\d+ runs`, 'm'))
  })

  test('as JSON', async () => {
    const { stdout } = await runCommand(registerPlan, 'plan', START, '--store', folder(), '--format', 'json', '--set', 'seeds=[1, 2]')
    const { runs, totals } = JSON.parse(stdout)
    expect(runs).toMatchObject([
      { seed: 1, state: 'to_do' },
      { seed: 2, state: 'to_do' },
    ])
    expect(totals).toMatchObject([{ profile: null, runs: 2, done: 0, skipped: 0, disk: { kept: expect.any(Number) } }])
  })

  test('warnings go to standard error', async () => {
    const { stdout, stderr } = await runCommand(registerPlan, 'plan', START, '--store', folder(), '--set', 'training.callbacks.0.mode=max')
    expect(stderr).toContain('--set:1:27 warning mode_against_monitor')
    expect(stdout).not.toContain('warning')
  })

  test('a wrong recipe throws its problems', async () => {
    await expect(runCommand(registerPlan, 'plan', await wrongRecipe())).rejects.toMatchObject({
      exitStatus: 1,
      problems: [{ code: 'unknown_key' }],
    })
  })
})

describe('show', () => {
  const shown = async (...args: string[]) => {
    const parts: string[] = []
    const write = process.stdout.write
    process.stdout.write = (text: string | Uint8Array) => parts.push(String(text)) > 0
    try {
      await runCommand(registerShow, 'show', ...args)
    } finally {
      process.stdout.write = write
    }
    return parts.join('')
  }

  test('everything as YAML, every default written in', async () => {
    const { cells, seeds } = parse(await shown(PAPER, '--profile', 'paper'))
    expect(seeds).toEqual([0, 1, 2])
    expect(cells).toHaveLength(8)
    expect(cells[0]).toMatchObject({
      cell: { model: 'My CNN', batch_size: '4' },
      training: { batch_size: 4, shuffle: true, optimizer: { beta_1: 0.9 } },
    })
  })

  test('where each value was written', async () => {
    const text = await shown(CODED, '--profile', 'none', '--set', 'training.epochs=3', '--origins')
    expect(text).toContain('epochs: 3 # --set:1\n')
    const written = async (file: string, yaml: string) =>
      `${file}:${(await readFile(file, 'utf8')).split('\n').findIndex((line) => line.includes(yaml)) + 1}`
    expect(text).toContain(`class_weight: none # ${await written(CODED, 'class_weight: none')}\n`)
    expect(text).toContain(`learning_rate: 0.0001 # ${await written(CODED, '1.0e-4')}\n`)
    expect(text).toContain(`learning_rate: 0.00001 # ${await written(PAPER, '1.0e-5')}\n`)
    expect(text).toContain(`rescale: [ -1, 1 ] # ${await written(PAPER, 'rescale:')}\n`)
    expect(text).toContain('shuffle: true # default\n')
  })
})

test('schema prints the schema of recipe files', async () => {
  const parts: string[] = []
  const write = process.stdout.write
  process.stdout.write = (text: string | Uint8Array) => parts.push(String(text)) > 0
  await runCommand(registerSchema, 'schema').finally(() => {
    process.stdout.write = write
  })
  expect(JSON.parse(parts.join(''))).toMatchObject({ $id: 'editor.schema.json', properties: { training: expect.anything() } })
})

describe('new', () => {
  test.each(['quickstart', 'own-images', 'ablation', 'transfer', 'residual'])('a recipe that is right, from %s', async (from) => {
    const file = join(folder(), 'sub', `${from}.yaml`)
    const { stdout } = await runCommand(registerNew, 'new', join(folder(), 'sub', from), '--from', from)
    expect(stdout).toBe(`${file}\n`)
    const text = await readFile(file, 'utf8')
    expect(text).toContain(`# Run:      npx ferment run ${file} --report`)
    const [, schema = ''] = /\$schema=(\S+)/.exec(text) ?? []
    expect(JSON.parse(await readFile(join(folder(), 'sub', schema), 'utf8'))).toMatchObject({ $id: 'editor.schema.json' })
    await runCommand(registerValidate, 'validate', file)
    expect(process.exitCode).toBe(0)
  })

  test('nothing is written over', async () => {
    const file = join(folder(), 'mine.yaml')
    await writeFile(file, 'mine')
    await expect(runCommand(registerNew, 'new', file)).rejects.toMatchObject({ exitStatus: 2, problems: [{ code: 'file_exists' }] })
    expect(await readFile(file, 'utf8')).toBe('mine')
  })
})
