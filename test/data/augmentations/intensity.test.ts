import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { changeBrightness, shiftChannels } from '../../../src/data/augmentations/intensity.ts'

type Brightness = { factor: number; 'keras-3': number[]; 'keras-2.4': number[] }
type Case = { values: number[]; channel_shift: { intensity: number; expected: number[] }[]; brightness: Brightness[] }
const golden = JSON.parse(readFileSync(new URL('../../golden/intensity.json', import.meta.url), 'utf8')) as Case[]

const largest = (found: Float32Array, expected: readonly number[]) =>
  Math.max(...expected.map((value, at) => Math.abs(value - (found[at] as number))))

describe.each(golden.map((image, number) => ({ number, ...image })))('image $number', ({ values, channel_shift, brightness }) => {
  test.each(channel_shift)('a channel shift of $intensity is Keras’', ({ intensity, expected }) => {
    const found = Float32Array.from(values)
    shiftChannels(found, intensity)
    expect(largest(found, expected)).toBeLessThan(1e-4)
  })

  describe.each(['keras-3', 'keras-2.4'] as const)('%s', (semantics) => {
    test.each(brightness)('a brightness of $factor, on any scale', ({ factor, ...expected }) => {
      const bytes = Float32Array.from(values)
      changeBrightness(bytes, factor, { scale: { low: 0, high: 255 }, semantics })
      expect(largest(bytes, expected[semantics])).toBeLessThan(1e-3)
    })
  })
})

test('brightness of images on another scale is that of their bytes', () => {
  const bytes = Float32Array.from([0, 100, 255])
  const scaled = bytes.map((byte) => (byte / 255) * 2 - 1)
  changeBrightness(bytes, 1.5, { scale: { low: 0, high: 255 }, semantics: 'keras-3' })
  changeBrightness(scaled, 1.5, { scale: { low: -1, high: 1 }, semantics: 'keras-3' })
  expect([...bytes]).toEqual([0, 150, 255])
  expect(scaled[2]).toBeCloseTo(1, 6)
  expect(scaled[1]).toBeCloseTo((150 / 255) * 2 - 1, 6)
})
