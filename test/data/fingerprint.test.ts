import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyLimit } from '../../src/data/apply_limit.ts'
import { fingerprint } from '../../src/data/fingerprint.ts'

test('is the SHA-256 of little-endian int32', () => {
  const bytes = Buffer.from([1, 0, 0, 0, 0, 1, 0, 0, 0xff, 0xff, 0xff, 0x7f])
  expect(fingerprint(Int32Array.of(1, 256, 2 ** 31 - 1))).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('a limit takes the first rows of a part', () => {
  const split = { train: Int32Array.of(5, 3, 1), validation: Int32Array.of(2), test: Int32Array.of(4, 0) }
  expect(applyLimit(split, { train: 2, validation: 9 })).toEqual({
    train: Int32Array.of(5, 3),
    validation: Int32Array.of(2),
    test: Int32Array.of(4, 0),
  })
  expect(applyLimit(split)).toEqual(split)
})
