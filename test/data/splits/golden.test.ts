import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Split as SplitSpec } from '../../../schema/recipe.ts'
import { splitDataset } from '../../../src/data/splits/table.ts'
import { UserError } from '../../../src/problem.ts'

type Case = {
  kind: SplitSpec['kind']
  classes: number
  labels: number[]
  groups?: number[]
  usage?: number[]
  spec: Record<string, unknown>
  expected: { train: number[]; validation: number[]; test: number[] } | { error: string }
}
const golden = JSON.parse(readFileSync(new URL('../../golden/splits.json', import.meta.url), 'utf8')) as Case[]

const datasetOf = ({ labels, classes, groups, usage }: Pick<Case, 'labels' | 'classes' | 'groups' | 'usage'>) => ({
  name: 'tiny',
  labels: Uint8Array.from(labels),
  classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
  usage: usage ? Uint8Array.from(usage) : null,
  usageNames: usage ? ['train', 'val', 'test'] : [],
  groups: groups ? Int32Array.from(groups) : null,
})

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'none'
  } catch (error) {
    if (error instanceof UserError) return error.problems[0]?.code ?? ''
    throw error
  }
}

describe.each([...new Set(golden.map(({ kind }) => kind))])('%s divides as scikit-learn', (kind) => {
  const rows = golden.flatMap((fixture, number) => (fixture.kind === kind ? [{ number, ...fixture }] : []))

  test.each(rows)('$number: $spec', ({ spec, expected, ...data }) => {
    const wanted = { kind, ...spec } as SplitSpec
    if ('error' in expected) return expect(codeOf(() => splitDataset(datasetOf(data), wanted))).toMatch(/^split_/)
    const { train, validation, test: tested } = splitDataset(datasetOf(data), wanted)
    expect({ train: [...train], validation: [...validation], test: [...tested] }).toEqual(expected)
  })

  test('has cases of both kinds', () => {
    const errors = rows.filter(({ expected }) => 'error' in expected).length
    expect([rows.length, errors < 30]).toEqual([40, true])
  })
})

describe('a split is a partition', () => {
  const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 120 })
  const specs = fc.oneof(
    fc.record({
      kind: fc.constant('stratified_holdout' as const),
      test_size: fc.constantFrom(0.2, 0.5, 9),
      validation_of_test: fc.constantFrom(0.5, 4),
      random_state: fc.nat(9),
      stratify: fc.constantFrom('labels', 'one_hot', 'none'),
    }),
    fc.record({
      kind: fc.constantFrom('stratified_kfold' as const, 'group_kfold' as const),
      n_splits: fc.integer({ min: 2, max: 6 }),
      fold: fc.nat(1),
      shuffle: fc.boolean(),
      random_state: fc.nat(9),
      validation_size: fc.constantFrom(0.1, 0.4),
    }),
  )

  test('of all images, whatever the labels; and no group is in two parts', () => {
    fc.assert(
      fc.property(labels, specs, (values, spec) => {
        const data = datasetOf({ labels: values, classes: 4, groups: values.map((_, row) => row % 11) })
        let split: ReturnType<typeof splitDataset>
        try {
          split = splitDataset(data, spec as SplitSpec)
        } catch (error) {
          if (error instanceof UserError) return
          throw error
        }
        const all = [...split.train, ...split.validation, ...split.test].toSorted((a, b) => a - b)
        expect(all).toEqual([...values.keys()])
        if (spec.kind !== 'group_kfold') return
        const groupsOf = (rows: Int32Array) => new Set([...rows].map((row) => row % 11))
        const [train, validation, tested] = [groupsOf(split.train), groupsOf(split.validation), groupsOf(split.test)]
        expect([...train].some((group) => validation.has(group) || tested.has(group))).toBe(false)
        expect([...validation].some((group) => tested.has(group))).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})
