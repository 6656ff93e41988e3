import { expect, test } from 'vitest'
import machine from '../../../schema/machine.schema.json' with { type: 'json' }
import { executors } from '../../../src/run/executors/table.ts'

test('every executor that a machine file can name has a row, and none beside', () => {
  expect(Object.keys(executors).sort()).toEqual([...machine.properties.executor.enum].sort())
})
