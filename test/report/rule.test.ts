import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measures } from '../../src/report/measures.ts'
import { meanSpread, oneMoreRun, seedsToSettle, verdictOf } from '../../src/report/rule.ts'
import { type Sample, seedDeviation } from '../../src/report/samples.ts'
import { mean } from '../../src/report/statistics/mean.ts'

const measure = measures.test_accuracy
const RULE = { margin: 0.02, confidence: 0.95 }

const sample = (values: readonly number[], images = 3589): Sample => ({
  weights: 'last',
  seeds: values.map((value, seed) => ({ seed, value })),
  mean: mean(values),
  images,
  validation: null,
})

const verdict = (samples: readonly Sample[], claimed: number) => {
  const known = { measure, deviation: seedDeviation(samples, measure) }
  return verdictOf(oneMoreRun(samples[0] as Sample, claimed, known), RULE)
}

/** Eight cells of five seeds each, about 0.4 points apart. */
const CELLS = Array.from({ length: 8 }, (_, cell) => sample([0, 0.003, -0.004, 0.005, -0.002].map((by) => 0.45 + 0.03 * cell + by)))

describe('the rule', () => {
  test('near-equal seeds do not make small differences count', () => {
    const cell = sample([0.553, 0.5531, 0.5529, 0.553, 0.5532])
    expect(verdict([cell, ...CELLS], 0.557)).toBe('agrees')
  })

  test('noisy seeds do not make large differences agree', () => {
    const noisy = sample([0.45, 0.58, 0.52])
    expect(verdict([noisy], 0.5575)).toBe('open')
  })

  test('a difference far beyond the margin differs, with one seed too', () => {
    expect(verdict([sample([0.47])], 0.6512)).toBe('differs')
    expect(verdict([sample([0.6511])], 0.6512)).toBe('open')
  })

  test('a cell of one seed borrows the deviation of the others', () => {
    const lone = sample([0.556])
    expect(verdict([lone, ...CELLS], 0.5575)).toBe('agrees')
    expect(oneMoreRun(lone, 0.5575, { measure, deviation: seedDeviation([lone, ...CELLS], measure) })?.over).toBe('seeds')
  })

  test('three runs of 42.86 % on 21 images say what 21 images say', () => {
    const equal = sample([9 / 21, 9 / 21, 9 / 21], 21)
    const known = { measure, deviation: seedDeviation([equal], measure) }
    expect(known.deviation).toBeNull()
    const { interval, over } = meanSpread(equal, known) ?? expect.fail('no interval')
    expect(over).toBe('images')
    expect(interval[1] - interval[0]).toBeGreaterThan(0.3)
  })

  test('no interval of accuracies has width 0, whatever the runs', () => {
    const images = fc.integer({ min: 1, max: 5000 })
    const counts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(images, counts, (n, shares) => {
        const one = sample(
          shares.map((share) => Math.round(share * n) / n),
          n,
        )
        const known = { measure, deviation: seedDeviation([one], measure) }
        for (const spread of [meanSpread(one, known), oneMoreRun(one, 0.5, known)]) {
          const [low, high] = spread?.interval ?? [0, 0]
          expect(high - low).toBeGreaterThan(0)
        }
      }),
    )
  })
})

describe('seeds that would settle an open verdict', () => {
  const deviation = { value: 0.004, freedom: 16 }
  const settle = (values: readonly number[], claimed: number, known: typeof deviation | null = deviation) =>
    seedsToSettle(sample(values), claimed, { deviation: known, cells: 8 }, RULE)

  test('are the fewest with which the interval ends at the margin', () => {
    const needed = settle([0.55, 0.551], 0.5605) ?? expect.fail('no number')
    const verdictWith = (seeds: number) => {
      const values = Array.from({ length: seeds }, () => 0.5505)
      const known = { measure, deviation: { value: 0.004, freedom: 16 + 8 * (seeds - 2) } }
      return verdictOf(oneMoreRun(sample(values), 0.5605, known), RULE)
    }
    expect([verdictWith(needed - 1), verdictWith(needed)]).toEqual(['open', 'agrees'])
  })

  test('are none where single runs vary more than the margin leaves room for, or nothing is known of seeds', () => {
    expect(settle([0.55, 0.551], 0.5701)).toBeNull()
    expect(settle([0.55], 0.56, null)).toBeNull()
  })
})
