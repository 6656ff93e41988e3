import { existsSync, mkdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { registerSetup } from '../../src/commands/setup.ts'
import { userError } from '../../src/problem.ts'
import { calibrate } from '../../src/run/speed/calibrate.ts'
import { type FakeMachine, fakeMachine } from '../engine/setup/fake_tools.ts'
import { runCommand } from './run_command.ts'

// The engine of this checkout is not the fake machine's.
vi.mock('../../src/run/speed/calibrate.ts', () => ({ calibrate: vi.fn(async () => null) }))

let machine: FakeMachine
beforeEach(() => {
  machine = fakeMachine(['python3'])
  for (const [name, value] of Object.entries(machine.env)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
  machine.remove()
})

const setup = (...args: string[]) => runCommand(registerSetup, 'setup', ...args)

test('--dry-run says what would be downloaded and how large it is, and does nothing', async () => {
  const { stdout, stderr } = await setup('--dry-run', '--cpu')
  expect(stdout).toMatch(
    /^Would download 274 MB with pip: tensorflow_cpu==2\.21\.0\.\nWould keep 850 MB in .*-cpu-x64; 1\.5 GB must be free/,
  )
  expect(stderr).toBe('')
  expect((await setup('--dry-run', '--gpu')).stdout).toMatch(
    /^Would download 3\.4 GB with pip: tensorflow==2\.21\.0 and NVIDIA's CUDA libraries/,
  )
  expect(existsSync(machine.env.FERMENT_CACHE_DIR as string)).toBe(false)
})

describe('a machine without a compiler', () => {
  test('fails with what to install', async () => {
    await expect(setup('--cpu')).rejects.toMatchObject({
      exitStatus: 1,
      problems: [{ code: 'compiler_missing', hint: 'On Debian or Ubuntu: apt-get install g++' }],
    })
  })

  test('does not fail with --if-possible, and says what is used instead', async () => {
    const { stdout, stderr } = await setup('--cpu', '--if-possible')
    expect(stdout).toBe('')
    expect(stderr).toBe(`setup: A C++ compiler (g++, clang++, c++) is not installed; it builds the binding to Node.js.
       On Debian or Ubuntu: apt-get install g++
setup: going on without the native engine: the wasm engine gives the same results, about ten times slower
setup: to get the fast one later: see to the above, then run npx ferment setup
`)
  })
})

describe('the speed of the engine', () => {
  const speed = { engine: 'wasm', device: 'WebAssembly (1 core)', batchSize: 4, imagesPerSecond: 10 }

  test('is timed once, with the engine that there is', async () => {
    vi.mocked(calibrate).mockResolvedValueOnce(speed as Awaited<ReturnType<typeof calibrate>>)
    const { stderr } = await setup('--cpu', '--if-possible')
    expect(stderr).toContain(
      'setup: timed the wasm engine, for the estimates of plans: 400 ms a step of a small network, WebAssembly (1 core)\n',
    )
  })

  test('where it cannot be timed, is no failure', async () => {
    vi.mocked(calibrate).mockRejectedValueOnce(userError({ code: 'speed_unmeasured', message: 'Training steps could not be timed: why.' }))
    const { stderr } = await setup('--cpu', '--if-possible')
    expect(stderr).toContain(
      "setup: the engine's speed stays unknown, plans estimate time by a formula: Training steps could not be timed: why.",
    )
  })
})

test('--remove where nothing is', async () => {
  expect((await setup('--remove')).stdout).toBe('Nothing to remove.\n')
})

describe('--weights', () => {
  test('--dry-run says what would be downloaded and into which folder', async () => {
    vi.stubEnv('FERMENT_VGG16', '')
    vi.stubEnv('HOME', machine.env.FERMENT_CACHE_DIR as string)
    expect((await setup('--weights', '--dry-run')).stdout).toMatch(/^Would download 59 MB into .*weights: https:\/\//)
  })

  test('--from a file that does not hold them says what it holds, and puts nothing into place', async () => {
    const { weightsDir } = await import('../../src/model/weights/vgg16_imagenet.ts')
    await expect(setup('--from', 'package.json')).rejects.toMatchObject({ problems: [{ code: 'weights_damaged' }] })
    await expect(setup('--weights', '--from', 'none.h5')).rejects.toMatchObject({ problems: [{ code: 'weights_missing' }] })
    expect(existsSync(weightsDir())).toBe(false)
  })

  test('--remove removes them', async () => {
    const { weightsDir } = await import('../../src/model/weights/vgg16_imagenet.ts')
    mkdirSync(weightsDir(), { recursive: true })
    await setup('--weights', '--remove')
    expect(existsSync(weightsDir())).toBe(false)
  })
})
