import { expect, test } from 'vitest'
import { cellsOf } from '../../src/report/cells.ts'
import { comparedTables } from '../../src/report/compare.ts'
import { otherRules } from '../../src/report/other_rules.ts'
import { fake, situations } from './fake.ts'

const rulesOf = ({ study, records }: ReturnType<typeof fake>) => otherRules(comparedTables(study, cellsOf(study, records)))

test('every claim that was measured is put to the other rules', () => {
  const rules = rulesOf(situations.full())
  expect(rules).toHaveLength(8)
  expect(rules.map(({ rank }) => rank.claimed)).toEqual([7, 5, 2, 1, 8, 4, 6, 3])
  expect(rules.map(({ rank }) => rank.measured).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(rulesOf(situations.mixed())).toHaveLength(2)
})

test('Newcombe’s rule looks at the first seed alone, the mean’s at all', () => {
  const values = [0.557, 0.5571, 0.5569]
  const edit: Parameters<typeof fake>[0] = {
    seeds: [0, 1, 2],
    edit: (record) => ({
      ...record,
      evaluation: record.evaluation?.last ? { last: { ...record.evaluation.last, accuracy: values[record.seed] ?? 0 } } : {},
    }),
  }
  const [first] = rulesOf(fake(edit))
  expect(first).toMatchObject({ newcombe: true, meanInterval: false, oneMoreRun: false })
})
