import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UserError } from '../../src/problem.ts'
import { requireEngineOf } from '../../src/study/require_engine.ts'

const place = { file: 'mine.yaml', line: 3, column: 9, length: 6, lineText: 'engine: webgpu' }
const recipe = (engine: 'auto' | 'native' | 'webgpu' | 'wasm') => ({ engine, placeOf: () => place })

/** A machine without any Vulkan driver. */
beforeEach(() => vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json'))
afterEach(() => vi.unstubAllEnvs())

const failureOf = (engine: Parameters<typeof recipe>[0], asked?: string): UserError | undefined => {
  try {
    requireEngineOf(recipe(engine), asked)
  } catch (error) {
    return error as UserError
  }
}

describe('an engine that cannot be had', () => {
  test('is told at its place in the recipe that requires it', () => {
    const failure = failureOf('webgpu')
    expect(failure?.exitStatus).toBe(1)
    expect(failure?.problems).toMatchObject([
      { code: 'engine_unavailable', place, message: 'The webgpu engine cannot be used: no Vulkan driver was found.' },
    ])
  })

  test('has no place where the user asks for it, and none else is said', () => {
    expect(failureOf('wasm', 'webgpu')?.problems[0]).toMatchObject({ code: 'engine_unavailable' })
    expect(failureOf('wasm', 'webgpu')?.problems[0]?.place).toBeUndefined()
  })

  test('that ferment does not have is wrong usage', () => {
    expect(failureOf('auto', 'tpu')?.exitStatus).toBe(2)
  })
})

test('one that can be had is no problem, nor is a recipe that leaves it open', () => {
  expect(failureOf('wasm')).toBeUndefined()
  expect(failureOf('auto')).toBeUndefined()
})
