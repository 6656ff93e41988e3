import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { inspectionPage, inspectionText } from '../../src/report/inspection.ts'
import { compareRuns, type RunToCompare } from '../../src/report/run_comparison.ts'
import { comparisonPage } from '../../src/report/run_comparison_page.ts'
import { newcombeInterval } from '../../src/report/statistics/intervals.ts'
import { fake, withPredictions } from './fake.ts'

const records = [...fake().records.values()]
const [first, second] = records as [RunRecord, RunRecord]

const run = (name: string, record: RunRecord, kept = true): RunToCompare => ({
  name,
  record,
  predictionsOf: (weights) => (kept ? withPredictions(record, weights) : null),
})
const spec = (record: RunRecord, change: object): RunRecord => ({ ...record, spec: { ...record.spec, ...change } })

describe('settings', () => {
  const plain = { ...first, spec: { training: { epochs: 20, class_weight: { 'a.b': 1 } }, dataset: { path: 'a.csv' } } }
  const settings = (...others: RunRecord[]) => compareRuns([plain, ...others].map((record, index) => run(String(index), record))).settings

  test('none', () => expect(settings(plain)).toEqual([]))

  test('by dotted path, what is not there as null, in the order of the runs', () => {
    const changed = { ...plain, seed: 1, spec: { ...plain.spec, training: { epochs: 5, batch_size: 4, class_weight: { 'a.b': 2 } } } }
    expect(settings(plain, changed)).toEqual([
      { path: 'seed', values: [0, 0, 1] },
      { path: 'training.batch_size', values: [null, null, 4] },
      { path: 'training.class_weight.a.b', values: [1, 1, 2] },
      { path: 'training.epochs', values: [20, 20, 5] },
    ])
  })

  test('a part that one lacks is told once', () => {
    const without = spec(plain, { training: undefined })
    const other = spec(plain, { training: { ...plain.spec.training, epochs: 1 } })
    expect(settings(without, other).map(({ path }) => path)).toEqual(['training'])
  })

  test('where the same data lie is none', () => {
    const moved = spec(plain, { dataset: { path: 'b.csv' } })
    expect(settings(moved)).toEqual([])
    const data = { ...(moved.data as NonNullable<RunRecord['data']>), sha256: 'other' }
    expect(settings({ ...moved, data }).map(({ path }) => path)).toEqual(['dataset.path'])
  })
})

describe('the difference of two runs', () => {
  const difference = (a: RunToCompare, b: RunToCompare) => compareRuns([a, b]).differences[0]

  test('is paired on the same images', () => {
    const found = difference(run('A', first), run('B', second))
    const images = first.data?.used.test ?? 0
    const { won = 0, lost = 0, p = 0 } = found?.paired ?? {}
    expect(found?.reason).toBeNull()
    expect((won - lost) / images).toBeCloseTo(found?.value ?? 0, 12)
    expect(p).toBeGreaterThan(0)
    expect(found?.interval[0]).toBeLessThan(found?.value ?? 0)
  })

  test('is Newcombe’s where no predictions were kept, and says so', () => {
    const found = difference(run('A', first), run('B', second, false))
    const shares = [second, first].map(({ evaluation, data }) => ({ share: evaluation?.last?.accuracy ?? 0, images: data?.used.test ?? 0 }))
    expect(found).toMatchObject({ paired: null, reason: 'no predictions were kept of B' })
    expect(found?.interval).toEqual(newcombeInterval(...(shares as [(typeof shares)[0], (typeof shares)[0]])))
  })

  test('is not paired on other data, nor on other images', () => {
    const data = { ...(second.data as NonNullable<RunRecord['data']>), sha256: 'other' }
    expect(difference(run('A', first), run('B', { ...second, data }))?.reason).toBe('they were tested on other data')
    const shifted: RunToCompare = {
      ...run('B', second),
      predictionsOf: (weights) => {
        const answers = withPredictions(second, weights)
        return answers && { ...answers, rows: answers.rows.map((row) => row + 1) }
      },
    }
    expect(difference(run('A', first), shifted)?.reason).toBe('they were tested on other images')
  })

  test('is none where one was not evaluated', () => {
    const { evaluation: _, ...failed } = second
    const runs = [run('A', first), run('B', { ...failed, status: 'failed', error: 'why' })]
    expect(compareRuns(runs).differences).toEqual([])
    expect(inspectionText(comparisonPage(runs, compareRuns(runs)))).toContain('Nothing was measured of B.')
  })
})

test('a page has settings before results, and what people wrote is escaped', async () => {
  const evil = { ...second, study: { ...second.study, title: '<script>alert(1)</script>' } }
  const runs = [run('A', first), run('B', evil)]
  const page = comparisonPage(runs, compareRuns(runs))
  const html = await inspectionPage(page)
  expect(html).not.toContain('<script')
  expect(html.indexOf('id="settings"')).toBeLessThan(html.indexOf('id="results"'))
  expect(inspectionText(page)).toMatch(/test accuracy, last weights +\d\d\.\d\d\u00a0% \(/)
})
