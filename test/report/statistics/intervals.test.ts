import { expect, test } from 'vitest'
import { newcombeInterval, studentInterval, wilsonInterval } from '../../../src/report/statistics/intervals.ts'
import { mean } from '../../../src/report/statistics/mean.ts'
import { pooledDeviation } from '../../../src/report/statistics/pooled_deviation.ts'
import metrics from '../../golden/metrics.json' with { type: 'json' }
import golden from '../../golden/report_statistics.json' with { type: 'json' }

const expectInterval = (actual: readonly number[], expected: readonly number[], digits = 9) => {
  expect(actual[0]).toBeCloseTo(expected[0] as number, digits)
  expect(actual[1]).toBeCloseTo(expected[1] as number, digits)
}

test.each(metrics.wilson)('Wilson of $successes in $images is SciPy’s', ({ successes, images, interval }) =>
  expectInterval(wilsonInterval({ share: successes / images, images }), interval),
)

test.each(metrics.student)('Student’s t of $values is SciPy’s', ({ values, mean_interval, prediction_margin }) => {
  const { value: deviation, freedom } = pooledDeviation([values]) ?? expect.fail('no deviation')
  const n = values.length
  expectInterval(studentInterval({ value: mean(values), error: deviation / Math.sqrt(n), freedom }), mean_interval)
  const [low, high] = studentInterval({ value: mean(values), error: deviation * Math.sqrt(1 + 1 / n), freedom })
  expect((high - low) / 2).toBeCloseTo(prediction_margin, 9)
})

test.each(golden.newcombe)('Newcombe of $a and $b is statsmodels’', ({ a, b, confidence, interval }) => {
  const share = ([right = 0, images = 1]: readonly number[]) => ({ share: right / images, images })
  expectInterval(newcombeInterval(share(a), share(b), confidence), interval)
})

test('Newcombe’s differences are those of his paper', () => {
  // Newcombe 1998, table II, contrasts (a) and (d), method 10: four printed decimals.
  expectInterval(newcombeInterval({ share: 56 / 70, images: 70 }, { share: 48 / 80, images: 80 }), [0.0524, 0.3339], 4)
  expectInterval(newcombeInterval({ share: 5 / 56, images: 56 }, { share: 0, images: 29 }), [-0.0381, 0.1926], 4)
})

test.each(golden.pooled)('the deviation pooled over $groups is statsmodels’', ({ groups, value, freedom }) => {
  expect(pooledDeviation(groups)?.value).toBeCloseTo(value, 12)
  expect(pooledDeviation(groups)?.freedom).toBe(freedom)
})

test('single values have no deviation', () => expect(pooledDeviation([[0.5], [0.6], []])).toBeNull())
