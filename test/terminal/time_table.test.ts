import { expect, test } from 'vitest'
import recordSchema from '../../schema/record.schema.json' with { type: 'json' }
import { sinceStart, timeTable } from '../../src/terminal/time_table.ts'
import { tinyRecord } from '../run/tiny_record.ts'

const parts = Object.keys(recordSchema.properties.provenance.properties.times.properties)
const times = Object.fromEntries(parts.map((part) => [part, 1])) as NonNullable<typeof tinyRecord.provenance.times>
const record = {
  ...tinyRecord,
  provenance: {
    ...tinyRecord.provenance,
    started_at: '2026-01-01T00:00:01.000Z',
    times: { ...times, process: 0.5, steps: 91, messages: 4 },
  },
}

test('every part of the account has its line, with its share', () => {
  const lines = timeTable(record).split('\n')
  expect(lines).toHaveLength(1 + 3 + parts.length)
  expect(lines[1]).toBe('Until the first step 4.5 s')
  expect(lines).toContain('  steps           91.000 s   84.65 %  Training steps in the engine, with the copies of their inputs into it.')
})

test('what the epochs spend beside the steps and the validation is their cost around the step', () => {
  // 91 + 1 in the engine; 5 of one second each and 4 of messages beside it.
  expect(timeTable(record)).toContain('\nEpochs 101.0 s, of which 8.91 % around the steps\n')
})

test('a record without an account says so', () => {
  expect(timeTable(tinyRecord)).toMatch(/: made by a ferment that kept no account of its time\.$/)
})

test('the first step of all counts from the start of ferment; earlier runs do not', () => {
  const began = Date.parse('2026-01-01T00:00:00.000Z')
  const later = { ...record, provenance: { ...record.provenance, started_at: '2026-01-01T00:05:00.000Z' } }
  // Started after 1 s; data, engine, graph and first step took 1 s each.
  expect(sinceStart([later, record], began)).toBe('The first step was done 5.0 s after the start of ferment.')
  expect(sinceStart([record], Date.parse('2026-01-01T00:01:00.000Z'))).toBeNull()
})
