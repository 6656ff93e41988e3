import { expect, test } from 'vitest'
import { rescaleTable } from '../../../src/data/preprocessing/rescale_table.ts'
import { relativeDifference } from '../../relative_difference.ts'

test('[−1, 1] is the paper’s (x/255 − 0.5)·2 in float32, to the bit', () => {
  const paper = Float32Array.from({ length: 256 }, (_, byte) => Math.fround(Math.fround(Math.fround(byte / 255) - 0.5) * 2))
  expect(rescaleTable([-1, 1])).toEqual(paper)
})

test.each([
  { rescale: [0, 1] as [number, number], low: 0, middle: Math.fround(51 / 255), high: 1 },
  { rescale: [0, 255] as [number, number], low: 0, middle: 51, high: 255 },
  { rescale: [1, -1] as [number, number], low: 1, middle: Math.fround(0.6), high: -1 },
])('$rescale', ({ rescale, low, middle, high }) => {
  const table = rescaleTable(rescale)
  expect([table[0], table[255]]).toEqual([low, high])
  expect(relativeDifference([table[51] as number], [middle])).toBeLessThan(1e-6)
})
