import { describe, expect, test } from 'vitest'
import { cellsOf, labelOf, matches } from '../../src/report/cells.ts'
import { fake, situations } from './fake.ts'

test.each([
  [{ model: 'My CNN', augmentation: 'No', batch_size: '4' }, 'My CNN · augmentation No · batch size 4'],
  [{ learning_rate: '1e-5' }, 'learning rate 1e-5'],
  [{ where: true, size: 32 }, 'where true · size 32'],
  [{}, 'the recipe as written'],
])('%j reads as %s', (values, label) => expect(labelOf(values).replaceAll('\u00a0', ' ')).toBe(label))

test.each([
  [{ batch_size: '4' }, { batch_size: 4 }, true],
  [{ flag: 'true' }, { flag: true }, true],
  [{ batch_size: '32' }, { batch_size: 4 }, false],
  [{}, { batch_size: 4 }, false],
  [{ batch_size: '4' }, {}, true],
])('cell %j matches %j: %s', (values, where, expected) => expect(matches(values, where)).toBe(expected))

describe('cells of a study', () => {
  test('hold the records of their seeds', () => {
    const { study, records } = situations.full()
    const cells = cellsOf(study, records)
    expect(cells.map((cell) => cell.records.map(({ seed }) => seed))).toEqual(Array.from({ length: 8 }, () => [0, 1, 2]))
    expect(cells.every(({ absent }) => absent.length === 0)).toBe(true)
  })

  test('say why runs are absent, once for each reason', () => {
    const { study, records } = fake({
      seeds: [0, 1, 2],
      outcome: (_, seed) => (seed === 0 ? { state: 'done' } : { state: 'failed', reason: 'no memory' }),
    })
    const [cell] = cellsOf(study, records)
    expect(cell?.records.map(({ seed }) => seed)).toEqual([0])
    expect(cell?.absent.map(({ state, reason, runs }) => [state, reason, runs.length])).toEqual([['failed', 'no memory', 2]])
  })

  test('a run that is said to be done but has no record is still to do', () => {
    const { study } = situations.full()
    const [cell] = cellsOf(study, new Map())
    expect(cell?.absent).toMatchObject([{ state: 'to_do', reason: 'Its record is missing or cannot be read.' }])
  })
})
