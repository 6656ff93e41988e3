import { expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { obstaclesOf } from '../../src/report/comparability.ts'
import type { StudyRun } from '../../src/report/study.ts'
import { type FakeOptions, fake } from './fake.ts'

const RUN: StudyRun = { id: '0', cell: {}, seed: 0, state: 'done', command: '' }

const record = (options: FakeOptions = {}): RunRecord => [...fake(options).records.values()][0] as RunRecord

test('a full run on the recipe’s file is comparable', () => expect(obstaclesOf(RUN, record())).toEqual([]))

test('drawn images and a limit are both said', () => {
  expect(obstaclesOf(RUN, record({ synthetic: true, limit: 300 }))).toEqual(['synthetic', 'limited'])
})

test.each(['train', 'validation', 'test'] as const)('a limit on the %s images alone is a limit', (part) => {
  const { data, ...rest } = record()
  if (data === undefined) expect.fail('no data')
  expect(obstaclesOf(RUN, { ...rest, data: { ...data, used: { ...data.used, [part]: 10 } } })).toEqual(['limited'])
})

test('another file than the recipe names is another data set', () => {
  const real = record()
  expect(obstaclesOf(RUN, { ...real, data: { ...real.data, md5: '0' } as RunRecord['data'] & object })).toEqual(['other_data'])
})

test('a recipe that names no hash vouches for its file', () => {
  const real = record()
  const data = { ...real.data, md5: '0' } as RunRecord['data'] & object
  expect(obstaclesOf(RUN, { ...real, data, spec: { dataset: { kind: 'fer2013_csv' } } })).toEqual([])
})

test('a record without data has nothing to say', () => {
  const { data: _, ...rest } = record()
  expect(obstaclesOf(RUN, rest)).toEqual([])
})

test('settings other than the recipe’s are an obstacle, a limit among them is told by the record', () => {
  expect(obstaclesOf({ ...RUN, changed: ['training.epochs'] }, record())).toEqual(['changed'])
  expect(obstaclesOf({ ...RUN, changed: ['limit.train', 'limit'] }, record({ limit: 300 }))).toEqual(['limited'])
})
