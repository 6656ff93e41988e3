import { expect, test } from 'vitest'
import { duration } from '../../src/terminal/duration.ts'

test.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [200, '3 min 20 s'],
  [3599.6, '1 h 00 min'],
  [3900, '1 h 05 min'],
  [7199, '2 h 00 min'],
  [47.9 * 3600, '47 h 54 min'],
  [48 * 3600, '2.0 days'],
  [1e7, '115.7 days'],
  [Number.POSITIVE_INFINITY, '–'],
  [Number.NaN, '–'],
])('%d s is %s', (seconds, text) => expect(duration(seconds)).toBe(text))
