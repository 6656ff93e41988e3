import { expect, test } from 'vitest'
import { type Matrix, TILES } from '../../../../src/engine/ops/winograd/tiles.ts'

const times = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, at) => sum + value * (vector[at] as number), 0))

test.each(TILES)('F($m, 3) gives what a filter of 3 gives', ({ m, inputs, filter, outputs }) => {
  const d = Array.from({ length: m + 2 }, (_, at) => Math.sin(at * 12.9898 + 1))
  const g = [0.3, -1.7, 0.9]
  const points = times(filter, g).map((value, at) => value * (times(inputs, d)[at] as number))
  const expected = Array.from({ length: m }, (_, at) => g.reduce((sum, value, tap) => sum + value * (d[at + tap] as number), 0))
  for (const [at, value] of times(outputs, points).entries()) expect(value).toBeCloseTo(expected[at] as number, 12)
})

test('F(m, 3) takes m + 2 products', () => {
  for (const { m, inputs, filter, outputs } of TILES)
    expect([inputs.length, inputs[0]?.length, filter.length, outputs.length, outputs[0]?.length]).toEqual([m + 2, m + 2, m + 2, m, m + 2])
})
