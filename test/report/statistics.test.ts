import { describe, expect, test } from 'vitest'
import { differenceFromOneMore, meanInterval, newcombeInterval, wilsonInterval } from '../../src/report/statistics.ts'
import golden from '../golden/metrics.json' with { type: 'json' }

const expectInterval = (actual: readonly number[], expected: readonly number[], digits = 9) => {
  expect(actual[0]).toBeCloseTo(expected[0] as number, digits)
  expect(actual[1]).toBeCloseTo(expected[1] as number, digits)
}

describe('intervals', () => {
  test.each(golden.wilson)('Wilson of $successes in $images is SciPy’s', ({ successes, images, interval }) =>
    expectInterval(wilsonInterval({ share: successes / images, images }), interval),
  )

  test.each(golden.student)('Student’s t of $values is SciPy’s', ({ values, mean_interval, prediction_margin }) => {
    expectInterval(meanInterval(values), mean_interval)
    const [low, high] = differenceFromOneMore(values, 0.6)
    expect((high - low) / 2).toBeCloseTo(prediction_margin, 9)
  })

  test('the paper’s half-width is about 1.6 points', () => {
    const [low, high] = wilsonInterval({ share: 0.5575, images: 3589 })
    expect((high - low) / 2).toBeCloseTo(0.016, 3)
  })

  test('Newcombe’s differences are those of his paper', () => {
    // Newcombe 1998, table II, contrasts (a) and (d), method 10: four printed decimals.
    expectInterval(newcombeInterval({ share: 56 / 70, images: 70 }, { share: 48 / 80, images: 80 }), [0.0524, 0.3339], 4)
    expectInterval(newcombeInterval({ share: 5 / 56, images: 56 }, { share: 0, images: 29 }), [-0.0381, 0.1926], 4)
  })
})
