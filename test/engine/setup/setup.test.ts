import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildDir } from '../../../src/engine/setup/builds.ts'
import { removeNative, type SetupOptions, setupNative, setupPlan } from '../../../src/engine/setup/setup.ts'
import { userError } from '../../../src/problem.ts'
import { type FakeMachine, fakeMachine } from './fake_tools.ts'

let machine: FakeMachine
const use = (...args: Parameters<typeof fakeMachine>) => {
  machine?.remove()
  machine = fakeMachine(...args)
  for (const [name, value] of Object.entries(machine.env)) vi.stubEnv(name, value)
}

beforeEach(() => use())
afterEach(() => {
  vi.unstubAllEnvs()
  machine.remove()
})

const setup = (options: Partial<SetupOptions> = {}) =>
  setupNative({
    want: 'cpu',
    say: () => {},
    signal: new AbortController().signal,
    verify: async () => ({ tensorflow: 'fake', gpu: false }),
    binding: machine.binding,
    ...options,
  })

const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error) => error.problems as { code: string; message: string; hint?: string }[],
  )

const engines = () => join(machine.env.FERMENT_CACHE_DIR as string, 'engine')

describe('a set-up', () => {
  test('downloads, unpacks, compiles, and links the build', async () => {
    const said: string[] = []
    expect(await setup({ say: (text) => said.push(text) })).toMatchObject({ did: 'built', tensorflow: 'fake', dir: buildDir('cpu') })
    expect(machine.calls()).toEqual(['download', 'unpack', 'compile'])
    expect(readlinkSync(machine.binding)).toBe(join(buildDir('cpu'), 'tfjs_binding.node'))
    expect(readdirSync(buildDir('cpu')).sort()).toEqual(['include', 'lib', 'tfjs_binding.node', 'trial.json'])
    expect(said[0]).toMatch(/downloading tensorflow_cpu==2\.21\.0 with pip: 274 MB/)
  })

  test('does nothing where all is in place', async () => {
    await setup()
    expect(await setup()).toMatchObject({ did: 'nothing' })
    expect(machine.calls()).toHaveLength(3)
  })

  test('after npm ci, or in another checkout, only links, and needs no tool', async () => {
    await setup()
    vi.stubEnv('PATH', '')
    rmSync(machine.binding)
    expect(await setup()).toMatchObject({ did: 'linked' })
    expect(machine.calls()).toHaveLength(3)
  })

  test('leaves no wheel and no stage behind', async () => {
    await setup()
    expect(readdirSync(machine.env.FERMENT_CACHE_DIR as string)).toEqual(['engine'])
    expect(readdirSync(engines())).toHaveLength(1)
  })
})

test('a wheel that was downloaded stays until the build is done', async () => {
  vi.stubEnv('COMPILER_FAILS', '1')
  await problemsOf(setup())
  expect(readdirSync(join(machine.env.FERMENT_CACHE_DIR as string, 'download/tensorflow_cpu_2.21.0'))).toEqual(['fake.whl'])
})

describe('what is missing is said in a line each, with what to install', () => {
  test.each([
    { tools: ['g++'] as const, codes: ['python_missing'], hint: /apt-get install python3 python3-pip$/ },
    { tools: ['python3'] as const, codes: ['compiler_missing'], hint: /apt-get install g\+\+$/ },
    { tools: [] as const, codes: ['python_missing', 'compiler_missing'], hint: /apt-get install/ },
  ])('tools $tools', async ({ tools, codes, hint }) => {
    use(tools)
    const problems = await problemsOf(setup())
    expect(problems.map((problem) => problem.code)).toEqual(codes)
    for (const problem of problems) expect(problem.hint).toMatch(/apt-get install/)
    expect(problems[0]?.hint).toMatch(hint)
  })

  test('pip', async () => {
    vi.stubEnv('NO_PIP', '1')
    expect(await problemsOf(setup())).toMatchObject([{ code: 'pip_missing', message: 'python3 has no pip, which fetches TensorFlow.' }])
  })

  test('an index that has no such wheel', async () => {
    vi.stubEnv('NO_INDEX', '1')
    const [problem] = await problemsOf(setup())
    expect(problem).toMatchObject({ code: 'download_failed' })
    expect(problem?.message).toBe(
      'pip could not download tensorflow_cpu==2.21.0:\nERROR: No matching distribution found for tensorflow_cpu',
    )
  })

  test('a compiler that fails', async () => {
    vi.stubEnv('COMPILER_FAILS', '1')
    expect((await problemsOf(setup()))[0]?.message).toBe(
      'g++ could not compile the binding to TensorFlow: tfjs_backend.cc:18:10: fatal error: no such file',
    )
  })

  test('a build that does not train is not installed', async () => {
    const verify = async () => {
      throw userError({ code: 'engine_broken', message: 'no' })
    }
    expect(await problemsOf(setup({ verify }))).toMatchObject([{ code: 'engine_broken' }])
    expect(readdirSync(engines())).toEqual([])
    expect(existsSync(machine.binding)).toBe(false)
  })
})

describe('set-ups that meet or die', () => {
  const child = (env: Record<string, string> = {}) =>
    // Not execaNode: it puts Node's own folder, where real tools may be, before the fake ones.
    execa(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./setup_child.ts', import.meta.url)), machine.binding], {
      env: { ...machine.env, ...env },
      reject: false,
    })

  test('two at once build once', async () => {
    // The first is in its download until the second waits.
    const HOLD = join(machine.env.FERMENT_CACHE_DIR as string, '..', 'hold')
    writeFileSync(HOLD, '')
    const [first, second] = [child({ HOLD }), child({ HOLD })]
    const waiting = /another ferment setup is at work; waiting for it/
    await Promise.any(
      [first, second].map(async ({ stderr }) => {
        for await (const text of stderr) if (waiting.test(String(text))) return
        throw new Error('it never waited')
      }),
    )
    rmSync(HOLD)
    const both = await Promise.all([first, second])
    expect(both.map((done) => done.exitCode)).toEqual([0, 0])
    expect(machine.calls()).toEqual(['download', 'unpack', 'compile'])
  })

  test('killed while it unpacks: the next one waits for the lock to open, clears up and builds', async () => {
    const first = child({ UNPACK_SECONDS: '30' })
    await vi.waitFor(() => expect(machine.calls()).toContain('unpack'), { timeout: 300_000, interval: 20 })
    first.kill('SIGKILL')
    await first
    expect(existsSync(buildDir('cpu'))).toBe(false)
    expect(await child()).toMatchObject({ exitCode: 0, stdout: 'built' })
    expect(readdirSync(engines())).toHaveLength(1)
  })
})

test('killed or stopped, it leaves no tool running', async () => {
  const running = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === 'sleep\x0031.7\x00'
      } catch {
        return false
      }
    }).length
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const first = execa(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./setup_child.ts', import.meta.url)), machine.binding],
      { env: { ...machine.env, UNPACK_SECONDS: '31.7' }, reject: false },
    )
    await vi.waitFor(() => expect(running()).toBeGreaterThan(0), { timeout: 20_000, interval: 50 })
    first.kill(signal)
    await first
    await vi.waitFor(() => expect(running()).toBe(0), { timeout: 10_000, interval: 50 })
  }
})

describe('planning and removing', () => {
  test('the plan names the wheel and does nothing', () => {
    expect(setupPlan('cpu')).toMatchObject({ built: false, wheel: { requirement: 'tensorflow_cpu==2.21.0', downloadMB: 274 } })
    expect(existsSync(machine.env.FERMENT_CACHE_DIR as string)).toBe(false)
  })

  test('removing takes build, downloads and link', async () => {
    await setup()
    await removeNative({ say: () => {}, binding: machine.binding, signal: new AbortController().signal })
    expect(existsSync(engines())).toBe(false)
    expect(existsSync(machine.binding)).toBe(false)
    expect(await setup()).toMatchObject({ did: 'built' })
  })

  test('removing where nothing is does nothing', async () => {
    expect(await removeNative({ say: () => {}, binding: machine.binding, signal: new AbortController().signal })).toEqual([])
  })
})
