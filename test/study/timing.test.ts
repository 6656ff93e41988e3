import { expect, test } from 'vitest'
import { tinyStudy } from '../commands/tiny_study.ts'
import { ferment } from '../ferment.ts'

const plan = async (cwd: string, env: Record<string, string>, ...args: string[]) => {
  const { exitCode, stdout, stderr } = await ferment(['plan', 'tiny recipe.yaml', '--format', 'json', ...args], { cwd, env })
  return {
    exitCode,
    stderr,
    origins: exitCode === 0 ? JSON.parse(stdout).runs.map((run: { estimate: { from: string } }) => run.estimate.from) : [],
  }
}

test('plan --measure times each network at each batch size, once, and later plans know it', async () => {
  const { cwd, env } = await tinyStudy()
  expect((await plan(cwd, env)).origins).toEqual(['formula', 'formula', 'formula', 'formula'])
  const { stderr, origins } = await plan(cwd, env, '--measure')
  expect(stderr).toMatch(
    /^Timing the training steps of 2 networks …\n {2}1 of 2: [\d.]+ ms a step of 16 images\n {2}2 of 2: [\d.]+ ms a step of 32 images$/m,
  )
  expect(origins).toEqual(['steps', 'steps', 'steps', 'steps'])
  expect((await plan(cwd, env)).origins).toEqual(['steps', 'steps', 'steps', 'steps'])
})

test('an engine that cannot be had is told before anything is timed', async () => {
  const { cwd, env } = await tinyStudy()
  const { exitCode, stderr } = await plan(cwd, { ...env, FERMENT_ENGINE: 'abacus' }, '--measure')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('This version of ferment has no engine "abacus".')
  expect(stderr).not.toContain('Timing')
})
