import { expect, test } from 'vitest'
import { engineNotice } from '../../src/run/engine_notice.ts'

test('the best engine needs no words', () => expect(engineNotice('native', [])).toBeNull())

test('nothing is known to be faster than a GPU by WebGPU', () => {
  const missing = [{ name: 'native', available: false, why: 'there is no build of it for darwin', cure: 'Use a Linux machine.' }] as const
  expect(engineNotice('webgpu', missing)).toBeNull()
})

test('a slower one is named, with why and what to do', () => {
  const missing = [{ name: 'native', available: false, why: 'it is not set up', cure: 'Run: npx ferment setup' }] as const
  expect(engineNotice('wasm', missing)).toBe(
    'Engine: wasm, with the same results, but about ten times slower than native, which cannot be used: it is not set up.\n  Run: npx ferment setup',
  )
})
