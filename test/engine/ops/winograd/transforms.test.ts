import { expect, test } from 'vitest'
import { TILES } from '../../../../src/engine/ops/winograd/tiles.ts'
import { transformsOf } from '../../../../src/engine/ops/winograd/transforms.ts'

test.each(TILES)('matrices of $m×$m tiles fit the image', (tile) => {
  const { inputs, filter, outputs, points, tiles } = transformsOf(tile, [7, 4])
  expect(points).toBe((tile.m + 2) ** 2)
  expect(tiles).toBe(Math.ceil(7 / tile.m) * Math.ceil(4 / tile.m))
  expect([inputs.rows, inputs.columns, inputs.values.length]).toEqual([points * tiles, 28, points * tiles * 28])
  expect([filter.rows, filter.columns, filter.values.length]).toEqual([points, 9, points * 9])
  expect([outputs.rows, outputs.columns, outputs.values.length]).toEqual([28, points * tiles, points * tiles * 28])
})
