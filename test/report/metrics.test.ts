import { describe, expect, test } from 'vitest'
import { accuracy, averages, type ClassMetrics, classMetrics, meanMatrix, right, rowShares, total } from '../../src/report/metrics.ts'
import golden from '../golden/metrics.json' with { type: 'json' }

const NAMES = ['precision', 'recall', 'f1'] as const

const expectAverage = (actual: ClassMetrics, expected: { precision: number; recall: number; f1: number }) => {
  for (const name of NAMES) expect(actual[name]).toBeCloseTo(expected[name], 12)
}

describe.each(golden.metrics)('metrics of $matrix', ({ matrix, accuracy: expectedAccuracy, classes, macro, weighted }) => {
  test('are scikit-learn’s', () => {
    expect(accuracy(matrix)).toBeCloseTo(expectedAccuracy, 12)
    const measured = classMetrics(matrix)
    expect(measured.map((one) => one.support)).toEqual(classes.support)
    for (const name of NAMES)
      for (const [index, one] of measured.entries()) expect(one[name]).toBeCloseTo(classes[name][index] as number, 12)
    expectAverage(averages(measured).macro, macro)
    expectAverage(averages(measured).weighted, weighted)
  })
})

test('figure 6 of the paper sums to 66.93 %', () => {
  const figure6 = golden.metrics[0]?.matrix ?? []
  expect([right(figure6), total(figure6)]).toEqual([2402, 3589])
})

test('shares of a row without images are zeros, and an empty matrix has accuracy 0', () => {
  expect(
    rowShares([
      [1, 3],
      [0, 0],
    ]),
  ).toEqual([
    [0.25, 0.75],
    [0, 0],
  ])
  expect(accuracy([])).toBe(0)
})

test('the mean matrix keeps the total of one run', () => {
  expect(meanMatrix([[[1, 3]], [[2, 2]]])).toEqual([[1.5, 2.5]])
  expect(meanMatrix([])).toEqual([])
})
