import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { SplitStratifiedHoldout } from '../../../schema/recipe.ts'
import { classWeights } from '../../../src/data/class_weights.ts'
import { countValues } from '../../../src/data/dataset_payload.ts'
import { fingerprint } from '../../../src/data/fingerprint.ts'
import { loadDataset } from '../../../src/data/load_dataset.ts'
import { splitDataset } from '../../../src/data/splits/table.ts'
import { UserError } from '../../../src/problem.ts'

type Case = Omit<SplitStratifiedHoldout, 'kind'> & {
  classes: number
  labels: number[]
  expected: { train: number[]; validation: number[]; test: number[] } | { error: string }
  balanced?: number[]
}
const golden = JSON.parse(readFileSync(new URL('../../golden/stratified_split.json', import.meta.url), 'utf8')) as Case[]

const datasetOf = (labels: readonly number[], classes: number, usage: readonly number[] | null = null) => ({
  name: 'tiny',
  labels: Uint8Array.from(labels),
  classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
  usage: usage && Uint8Array.from(usage),
  usageNames: usage ? ['Training', 'PublicTest', 'PrivateTest'] : [],
  groups: null,
})
const problemOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof UserError) return error.problems[0]
    throw error
  }
  return undefined
}

describe('stratified_holdout divides as scikit-learn', () => {
  const rows = golden.map((fixture, number) => ({ number, ...fixture, images: fixture.labels.length }))

  test.each(rows)('$number: $images images, $classes classes, $stratify, seed $random_state', ({ labels, classes, expected, ...spec }) => {
    const dataset = datasetOf(labels, classes)
    if ('error' in expected)
      return expect(problemOf(() => splitDataset(dataset, { kind: 'stratified_holdout', ...spec }))?.code).toMatch(/^split_/)
    const split = splitDataset(dataset, { kind: 'stratified_holdout', ...spec })
    expect({ train: [...split.train], validation: [...split.validation], test: [...split.test] }).toEqual(expected)
  })

  test('has cases of both kinds, and errors', () => {
    const errors = golden.filter(({ expected }) => 'error' in expected).length
    expect([golden.length, errors > 10, errors < 40]).toEqual([100, true, true])
  })

  test('balanced class weights are scikit-learn’s', () => {
    const weighted = golden.filter(({ balanced }) => balanced)
    expect(weighted.length).toBeGreaterThan(40)
    for (const { labels, classes, balanced } of weighted)
      expect(classWeights(countValues(labels, classes), datasetOf([], classes).classes, 'balanced')).toEqual(balanced)
  })
})

describe('what cannot be divided is told by name', () => {
  const spec = { kind: 'stratified_holdout', test_size: 0.2, validation_of_test: 0.5, random_state: 0, stratify: 'labels' } as const
  const repeated = (...counts: number[]) =>
    datasetOf(
      counts.flatMap((count, label) => Array<number>(count).fill(label)),
      counts.length,
    )

  test('a class with one image', () => {
    expect(problemOf(() => splitDataset(repeated(20, 1, 20), spec))).toMatchObject({
      code: 'split_class_too_small',
      message: 'The class "class 1" has only one image in the data set; a stratified split needs two of each class.',
    })
  })

  test('a class with one image in the held-out part', () => {
    expect(problemOf(() => splitDataset(repeated(50, 5, 50), spec))?.message).toBe(
      'The class "class 1" has only one image in the held-out part; a stratified split needs two of each class.',
    )
  })

  test('a part smaller than the number of classes', () => {
    expect(problemOf(() => splitDataset(repeated(4, 4, 4, 4), spec))).toMatchObject({ code: 'split_class_too_small' })
    expect(problemOf(() => splitDataset(repeated(4, 4, 4, 4), { ...spec, test_size: 0.1 }))).toMatchObject({
      code: 'split_part_too_small',
      message: 'The held-out part would have 2 of 16 images, for 4 classes; a stratified split needs at least one for each class.',
    })
  })

  test('no images at all', () => {
    expect(problemOf(() => splitDataset(datasetOf([], 2), spec))?.code).toBe('split_part_too_small')
  })
})

describe('usage_column', () => {
  const spec = { kind: 'usage_column' } as const

  test('takes the source’s own parts', () => {
    const split = splitDataset(datasetOf([0, 1, 0, 1], 2, [2, 0, 1, 0]), spec)
    expect({ train: [...split.train], validation: [...split.validation], test: [...split.test] }).toEqual({
      train: [1, 3],
      validation: [2],
      test: [0],
    })
  })

  test.each([
    {
      usage: null,
      code: 'split_no_usage',
      message: 'The data set "tiny" has no division of its own (a Usage column, folders of parts, index files).',
    },
    {
      usage: [0, 0, 0, 0],
      code: 'split_part_too_small',
      message: 'By its own division ("Training", "PublicTest", "PrivateTest"), "tiny" has no validation and no test images.',
    },
  ])('$code', ({ usage, code, message }) => {
    expect(problemOf(() => splitDataset(datasetOf([0, 1, 0, 1], 2, usage), spec))).toMatchObject({ code, message })
  })
})

describe.runIf(process.env.FER2013)('FER2013', () => {
  const paper = { kind: 'stratified_holdout', test_size: 0.2, validation_of_test: 0.5, random_state: 42, stratify: 'one_hot' } as const

  test('is divided as in the paper’s code', async () => {
    const dataset = await loadDataset({ kind: 'fer2013_csv', path: process.env.FER2013 as string })
    const split = splitDataset(dataset, paper)
    expect(fingerprint(split.test)).toMatch(/^4a2f2e10af166269/)
    expect([...split.train.subarray(0, 10)]).toEqual([17382, 5248, 1156, 18230, 13353, 25457, 33693, 12954, 31635, 12557])
    expect([...split.validation.subarray(0, 10)]).toEqual([2740, 3342, 17588, 9433, 370, 3120, 32699, 33586, 15091, 4897])
    expect([...split.test.subarray(0, 10)]).toEqual([32765, 21838, 10268, 21033, 11273, 4423, 26035, 16639, 2177, 10176])
    const byLabels = splitDataset(dataset, { ...paper, stratify: 'labels' })
    const held = new Set([...split.validation, ...split.test])
    expect([...byLabels.validation, ...byLabels.test].filter((row) => held.has(row))).toHaveLength(1511)
  })
})
