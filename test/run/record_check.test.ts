import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { checkRecord } from '../../src/run/record_check.ts'
import { fake } from '../report/fake.ts'

const { records } = fake()
const [real] = [...records.values()] as [RunRecord]
const check = (record: unknown, id = real.id) => checkRecord(JSON.stringify(record), id)
const last = (real.evaluation as NonNullable<RunRecord['evaluation']>).last as NonNullable<NonNullable<RunRecord['evaluation']>['last']>
const withLast = (change: Partial<typeof last>): RunRecord => ({
  ...real,
  evaluation: { ...real.evaluation, last: { ...last, ...change } },
})

test('a record is a record', () => {
  expect(check(real)).toEqual({ is: 'record', record: real })
})

describe('a record of another version of ferment is none of ours to write over', () => {
  test.each([
    [
      'a later version',
      { ...real, schema_version: 3, epochs: 'changed' },
      /^it is of version 3 of records, and this ferment reads version 1$/,
    ],
    ['one more field', { ...real, energy: 12 }, /^it has energy, of which this ferment does not know$/],
    ['one more field within', { ...real, provenance: { ...real.provenance, energy: 12 } }, /^it has provenance\.energy, of which/],
  ])('%s', (_name, record, why) => {
    expect(check(record)).toEqual({ is: 'foreign', why: expect.stringMatching(why) })
  })
})

describe('a record that cannot be true is damaged', () => {
  test.each<[string, unknown, RegExp]>([
    ['half of it', undefined, /not whole/],
    ['no object', 7, /not whole/],
    ['a part of another kind', { ...real, seed: 'seven' }, /^seed must be integer/],
    ['an id of another run', { ...real, id: 'f'.repeat(16) }, /^it is the record of ffff/],
    ['an accuracy beside its matrix', withLast({ accuracy: 0.99 }), /^the accuracy of its last weights is 0\.99, and \d+ of 3589 by its/],
    ['an accuracy of 700 %', withLast({ accuracy: 7 }), /^the accuracy of its last weights is 7, and/],
    ['a row too few', withLast({ confusion_matrix: last.confusion_matrix.slice(1) }), /a row and a column for each of 7 classes/],
    ['less than no image', withLast({ confusion_matrix: last.confusion_matrix.map((row) => row.map((n) => -n)) }), /less than no image/],
    [
      'more images than there are',
      withLast({ confusion_matrix: last.confusion_matrix.map((row) => row.map((n) => n + 1)) }),
      /3638 images of 3589/,
    ],
    ['an epoch that was not', withLast({ epoch: 400 }), /of epoch 400 of/],
    ['epochs out of order', { ...real, history: real.history?.toReversed() }, /not numbered from 1/],
  ])('%s', (_name, record, why) => {
    const text = record === undefined ? JSON.stringify(real).slice(0, 300) : JSON.stringify(record)
    expect(checkRecord(text, real.id)).toEqual({ is: 'damaged', why: expect.stringMatching(why) })
  })

  test('whatever byte is changed, it is no other result', () => {
    const bytes = Buffer.from(JSON.stringify({ ...real, history: undefined, provenance: real.provenance }))
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] as number) ^ (1 << bit)
        const checked = checkRecord(flipped.toString('utf8'), real.id)
        if (checked.is !== 'record') return
        const { evaluation } = checked.record
        for (const which of ['last', 'best'] as const)
          expect(evaluation?.[which]?.confusion_matrix).toEqual(real.evaluation?.[which]?.confusion_matrix)
      }),
      { numRuns: 300 },
    )
  })
})
