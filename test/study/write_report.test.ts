import { describe, expect, test } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import { changedPaths } from '../../src/study/write_report.ts'
import { tinyJob } from '../run/tiny_job.ts'

const { spec: written } = tinyJob('store')
const changed = (change: Partial<Spec>) => changedPaths({ ...written, ...change }, written)

describe('changedPaths', () => {
  test('nothing', () => expect(changed({})).toEqual([]))

  test('a value deep inside', () => {
    expect(
      changed({ training: { ...written.training, epochs: 1, optimizer: { ...written.training.optimizer, learning_rate: 1 } } }),
    ).toEqual(['training.optimizer.learning_rate', 'training.epochs'])
  })

  test('what is added and what is left out', () => {
    expect(changed({ limit: { validation: 10 } })).toEqual(['limit.train', 'limit.validation'])
  })

  test('a layer of the list', () => {
    const [first, ...rest] = written.model.layers
    expect(changed({ model: { layers: [first, ...rest.slice(0, -1)] } as Spec['model'] })).toEqual(['model.layers.3'])
  })

  test('where the data lies does not count, which data does', () => {
    const data = { kind: 'fer2013_csv', path: 'a.csv' } as const
    expect(changedPaths({ ...written, dataset: { ...data, path: 'b.csv' } }, { ...written, dataset: data })).toEqual([])
    expect(changed({ dataset: { kind: 'synthetic_faces', images: 9, random_state: 0 } })).toEqual(['dataset.images'])
  })

  test('a cell that only a profile has', () => expect(changedPaths(written, undefined)).toEqual(['matrix']))
})
