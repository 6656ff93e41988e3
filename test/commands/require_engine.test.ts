import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireEngineOf } from '../../src/commands/require_engine.ts'
import { insistedEngine } from '../../src/engine/insist.ts'
import type { UserError } from '../../src/problem.ts'

const place = { file: 'mine.yaml', line: 3, column: 9, length: 6, lineText: 'engine: webgpu' }
const recipe = (engine: 'auto' | 'native' | 'webgpu' | 'wasm') => ({ engine, placeOf: () => place })

/** A machine without any Vulkan driver. */
beforeEach(() => vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json'))
afterEach(() => vi.unstubAllEnvs())

const failureOf = (engine: Parameters<typeof recipe>[0]): UserError | undefined => {
  try {
    requireEngineOf(recipe(engine))
  } catch (error) {
    return error as UserError
  }
}

describe('who insists on an engine', () => {
  test('FERMENT_ENGINE comes before the recipe', () => {
    expect(insistedEngine('auto')).toBeUndefined()
    expect(insistedEngine('wasm')).toBe('wasm')
    vi.stubEnv('FERMENT_ENGINE', 'native')
    expect(insistedEngine('wasm')).toBe('native')
  })
})

describe('an engine that cannot be had', () => {
  test('is told at its place in the recipe that insists on it', () => {
    const failure = failureOf('webgpu')
    expect(failure?.exitStatus).toBe(1)
    expect(failure?.problems).toMatchObject([
      { code: 'engine_unavailable', place, message: 'The webgpu engine cannot be used: no Vulkan driver was found.' },
    ])
  })

  test('has no place where the command line insists on it, and none else is told of', () => {
    vi.stubEnv('FERMENT_ENGINE', 'webgpu')
    expect(failureOf('wasm')?.problems[0]).toMatchObject({ code: 'engine_unavailable' })
    expect(failureOf('wasm')?.problems[0]?.place).toBeUndefined()
  })

  test('that ferment does not have is wrong usage', () => {
    vi.stubEnv('FERMENT_ENGINE', 'tpu')
    expect(failureOf('auto')?.exitStatus).toBe(2)
  })
})

test('one that can be had is no problem, nor is a recipe that leaves it open', () => {
  expect(failureOf('wasm')).toBeUndefined()
  expect(failureOf('auto')).toBeUndefined()
})
