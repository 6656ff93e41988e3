import { expect, test } from 'vitest'
import { count, duration, gibibytes, listed, minute, percent, plural, signed, significant } from '../../src/report/format.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test.each([
  [percent(0.5575), '55.75 %'],
  [percent(1, 0), '100 %'],
  [signed(0.0125), '+1.25'],
  [signed(-0.004), '−0.40'],
  [signed(-0.000001), '0.00'],
  [signed(0.25, { scale: 1, digits: 4 }), '+0.2500'],
  [count(5127495), '5,127,495'],
  [significant(1e-5), '1e-5'],
  [significant(1.234567), '1.235'],
  [significant(0), '0'],
  [significant(123456.7), '1.235e+5'],
  [duration(3.14), '3.1 s'],
  [duration(59.4), '59 s'],
  [duration(125), '2 min 05 s'],
  [duration(3725), '1 h 02 min'],
  [gibibytes(1932735283), '1.80 GiB'],
  [minute('2026-05-04T10:21:07.000Z'), '2026-05-04 10:21 UTC'],
  [plural(1, 'run'), '1 run'],
  [plural(1200, 'run'), '1,200 runs'],
  [listed([]), ''],
  [listed(['a', 'b', 'c']), 'a, b and c'],
])('%s reads as %s', (actual, expected) => expect(plain(actual)).toBe(expected))
