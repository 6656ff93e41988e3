import { describe, expect, test } from 'vitest'
import { chooseTile } from '../../../../src/engine/ops/winograd/choose_tile.ts'

describe('outputs a tile for the convolutions of the paper’s networks, by batch', () => {
  test.each([
    { size: 48, channels: 64, filters: 64, tiles: { 4: null, 32: null } },
    { size: 24, channels: 64, filters: 128, tiles: { 4: null, 32: null } },
    { size: 12, channels: 256, filters: 256, tiles: { 4: 4, 32: 4 } },
    { size: 6, channels: 512, filters: 512, tiles: { 4: 2, 32: 3 } },
    { size: 3, channels: 512, filters: 512, tiles: { 4: null, 32: 3 } },
  ])('$size×$size, $channels → $filters', ({ size, channels, filters, tiles }) => {
    for (const [batch, m] of Object.entries(tiles))
      expect(chooseTile({ batch: Number(batch), height: size, width: size, channels, filters })?.m ?? null).toBe(m)
  })
})

test.each([
  { batch: 1, height: 1, width: 1, channels: 1, filters: 1 },
  { batch: 32, height: 48, width: 48, channels: 1, filters: 64 },
  { batch: 32, height: 224, width: 224, channels: 64, filters: 64 },
])('nothing is to be won at $height×$width, $channels → $filters', (size) => expect(chooseTile(size)).toBeNull())
