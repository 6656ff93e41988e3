import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { registerPlan } from '../../src/commands/plan.ts'
import { registerShow } from '../../src/commands/show.ts'
import { registerValidate } from '../../src/commands/validate.ts'
import { printable } from '../../src/printable.ts'
import { openStudy } from '../../src/study/study.ts'
import { runLabel } from '../../src/terminal/progress_text.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { runCommand } from './run_command.ts'

/** Sets a terminal's title, clears it (C1), turns the writing round. */
const EVIL = '\u001b]0;owned\u0007\u009b2J\u202e'
const EVIL_YAML = JSON.stringify(EVIL)

const RECIPE = `about: { title: ${EVIL_YAML} }
dataset: { kind: synthetic_faces, images: 100 }
split: { kind: stratified_holdout }
model: { layers: [{ kind: flatten }, { kind: dense, units: 7, activation: softmax }] }
training: { optimizer: { kind: adam }, loss: { kind: categorical_crossentropy }, epochs: 2 }
matrix: { ${EVIL_YAML}: { a: {}, ${EVIL_YAML}: { training: { epochs: 1 } } } }
profiles: { ${EVIL_YAML}: { description: ${EVIL_YAML}, training: { batch_size: 4 } } }
`

let dir = ''
beforeEach(async () => {
  dir = await temporaryFolder()
})
afterEach(() => {
  process.exitCode = 0
})

/** A recipe with control characters in its file's name, its names and, if wanted, its mistakes. */
const recipe = async ({ wrong = false } = {}) => {
  const file = join(dir, `${EVIL}.yaml`)
  const raw = EVIL.replace('\u0007', '') // YAML refuses it bare
  await writeFile(file, wrong ? `${RECIPE}${EVIL_YAML}: 1 # ${raw}\nseeds: [${EVIL_YAML}]\n` : RECIPE)
  return file
}

const isClean = (text: string) => text.length > 0 && printable(text) === text

test.each(['text', 'json', 'github'])('of a wrong recipe do not reach the terminal: validate --format %s', async (format) => {
  const { stdout } = await runCommand(registerValidate, 'validate', await recipe({ wrong: true }), '--format', format)
  expect(stdout).toContain('unknown_key')
  expect(isClean(stdout)).toBe(true)
})

test('of a right recipe do not either: validate, plan, show, study', async () => {
  const file = await recipe()
  expect(isClean((await runCommand(registerValidate, 'validate', file, '--profile', 'none')).stdout)).toBe(true)
  const profile = ['--profile', EVIL, '--store', dir]
  const { stdout: table } = await runCommand(registerPlan, 'plan', file, ...profile)
  expect(table).toContain('␛]0;owned␇')
  expect(isClean(table)).toBe(true)
  expect(isClean((await runCommand(registerPlan, 'plan', file, ...profile, '--format', 'json')).stdout)).toBe(true)
  const { plan } = await openStudy(file, { profile: EVIL, set: [], sweep: [], only: [], seed: [], store: dir }, () => {})
  expect(isClean(plan)).toBe(true)
  expect(isClean(runLabel({ cell: { a: EVIL }, seed: 1 }))).toBe(true)
})

test('show keeps the values', async () => {
  const written: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((text: string) => written.push(text) > 0) as typeof write
  await runCommand(registerShow, 'show', await recipe(), '--profile', 'none', '--origins').finally(() => {
    process.stdout.write = write
  })
  expect(isClean(written.join(''))).toBe(true)
  expect(parse(written.join('')).about.title).toBe(EVIL)
})
