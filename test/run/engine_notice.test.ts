import { expect, test } from 'vitest'
import { engineNotice } from '../../src/run/engine_notice.ts'

test('the best engine needs no words', () => expect(engineNotice('native', [])).toBeNull())

test('a slower one is named, with why and what to do', () => {
  const missing = [{ name: 'native', available: false, why: 'it is not set up', cure: 'Run: npx ferment setup' }] as const
  expect(engineNotice('wasm', missing)).toBe(
    'Engine: wasm, with the same results, but about ten times slower than native, which cannot be used: it is not set up.\n  Run: npx ferment setup',
  )
})
