import padjust from '@stdlib/stats-padjust'
import { expect, test } from 'vitest'
import { studentInterval } from '../../../src/report/statistics/intervals.ts'
import { discordant, mcnemar } from '../../../src/report/statistics/mcnemar.ts'
import { pairedDifference, pValue } from '../../../src/report/statistics/paired_difference.ts'
import golden from '../../golden/report_statistics.json' with { type: 'json' }

test.each(golden.crossed)('a difference over seeds and images is that of statsmodels’ mean squares: $value', (expected) => {
  const estimate = pairedDifference(expected.a.map((a, seed) => ({ a: Uint8Array.from(a), b: Uint8Array.from(expected.b[seed] ?? []) })))
  expect(estimate.value).toBeCloseTo(expected.value, 12)
  expect(estimate.error).toBeCloseTo(expected.error, 12)
  expect(estimate.freedom).toBeCloseTo(expected.freedom, 8)
  const [low, high] = studentInterval(estimate)
  expect(low).toBeCloseTo(expected.interval[0] as number, 9)
  expect(high).toBeCloseTo(expected.interval[1] as number, 9)
  expect(pValue(estimate)).toBeCloseTo(expected.p, 9)
})

test.each(golden.mcnemar)('McNemar’s exact test of $won won and $lost lost is statsmodels’', ({ won, lost, p }) =>
  expect(mcnemar({ won, lost })).toBeCloseTo(p, 12),
)

test('an image that one network alone gets right is won by it', () =>
  expect(discordant(Uint8Array.from([1, 1, 0, 0, 1]), Uint8Array.from([1, 0, 1, 0, 0]))).toEqual({ won: 2, lost: 1 }))

test('Holm’s correction is statsmodels’', () => {
  for (const [index, p] of [...padjust(golden.holm.p, 'holm')].entries()) expect(p).toBeCloseTo(golden.holm.corrected[index] as number, 12)
})
