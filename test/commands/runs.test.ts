import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { registerRuns } from '../../src/commands/runs.ts'
import { registerStatus } from '../../src/commands/status.ts'
import { BEGUN, DONE, FAILED, storeOfRuns } from '../run/store_of_runs.ts'
import { runCommand } from './run_command.ts'

let store: string
beforeEach(async () => {
  store = await storeOfRuns()
})
const runs = (...args: string[]) => runCommand(registerRuns, 'runs', ...args, '--store', store)

test('status: by study, those first that need a look', async () => {
  const { stdout } = await runCommand(registerStatus, 'status', '--store', store)
  const [tiny, unknown] = stdout.split('\n\n')
  expect(tiny?.split('\n')).toEqual([
    'Tiny: 1 failed, 1 interrupted, 1 not begun, 1 done',
    '  bbbbbbbb  seed 0      failed       The loss is not finite.',
    expect.stringMatching(/^ {2}cccccccc {2}A · seed 7 {2}interrupted {2}goes on from its checkpoint, \d+ s old$/),
    '  dddddddd  A · seed 7  not begun',
    '  aaaaaaaa  seed 0      done         test accuracy , 1 s',
  ])
  expect(unknown).toMatch(/^Of an unknown study: 1 damaged\n {2}eeeeeeee {2}e{16} {2}damaged {2}it is not whole/)
})

test('status of no store says so', async () => {
  expect((await runCommand(registerStatus, 'status', '--store', join(store, 'none'))).stdout).toMatch(/^No runs in/)
})

describe('runs', () => {
  test('list: a line a run', async () => {
    const { stdout } = await runs('list')
    expect(stdout.trim().split('\n')).toHaveLength(6)
    const json = JSON.parse((await runs('list', '--format', 'json')).stdout)
    expect(json[1]).toMatchObject({ id: FAILED, state: 'failed', record: { error: expect.any(String) } })
  })

  test('show and log take the beginning of an id', async () => {
    expect((await runs('show', 'aaa')).stdout).toMatch(/^id: a{16}\nstate: done/)
    await expect(runs('show', 'f')).rejects.toMatchObject({ problems: [{ code: 'unknown_run' }], exitStatus: 2 })
  })

  test('rm removes those that are named', async () => {
    expect((await runs('rm', 'a', 'd')).stdout).toBe(`${DONE}\n${BEGUN}\n`)
    expect((await runs('list')).stdout).not.toContain(DONE)
  })
})
