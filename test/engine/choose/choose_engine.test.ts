import { afterEach, expect, test, vi } from 'vitest'
import { askedEngine, chooseEngine, requiredEngine } from '../../../src/engine/choose/choose_engine.ts'

afterEach(() => vi.unstubAllEnvs())

test('the flag comes before the variable, and an empty variable asks for nothing', () => {
  vi.stubEnv('FERMENT_ENGINE', '')
  expect(askedEngine()).toBeUndefined()
  vi.stubEnv('FERMENT_ENGINE', 'native')
  expect(askedEngine()).toBe('native')
  expect(askedEngine('wasm')).toBe('wasm')
})

test('what a user asks for comes before the recipe', () => {
  expect(requiredEngine(undefined)).toBeUndefined()
  expect(requiredEngine(undefined, 'wasm')).toBe('wasm')
  expect(requiredEngine('native', 'wasm')).toBe('native')
})

test('a required engine is chosen where it can be had, else the best', () => {
  const best = chooseEngine(undefined)
  expect(best.required).toBe(false)
  expect(chooseEngine('wasm')).toEqual({ name: 'wasm', gpu: false, required: true })
  expect(chooseEngine(undefined, 'wasm')).toEqual({ name: 'wasm', gpu: false, required: true })
  expect(chooseEngine('tpu')).toEqual(best)
})

test('only one place reads the variable', async () => {
  const { execa } = await import('execa')
  const { stdout } = await execa('grep', ['-rlF', 'env.FERMENT_ENGINE', 'src'])
  const reads = stdout.split('\n').filter((file) => !file.endsWith('engine/setup/cache.ts'))
  expect(reads).toEqual(['src/engine/choose/choose_engine.ts'])
})
