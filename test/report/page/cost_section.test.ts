import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { expect, test } from 'vitest'
import recordSchema from '../../../schema/record.schema.json' with { type: 'json' }
import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../../../src/report/cells.ts'
import { costSection } from '../../../src/report/page/cost_section.ts'
import type { Times } from '../../../src/report/time_phases.ts'
import { tinyRecord } from '../../run/tiny_record.ts'

const parts = Object.keys(recordSchema.properties.provenance.properties.times.properties)
const times = (part: Partial<Times>): Times => ({ ...(Object.fromEntries(parts.map((name) => [name, 0])) as Times), ...part })
const record = (of: Partial<Times> | null): RunRecord => ({
  ...tinyRecord,
  provenance: { ...tinyRecord.provenance, ...(of ? { times: times(of) } : {}) },
})
const cell = (label: string, ...records: RunRecord[]): Cell => ({ values: {}, label, runs: [], records, absent: [], obstacles: [] })

/** The cells of the rows of the table with this caption. */
const rowsOf = (elements: Element[], caption: string): string[][] => {
  const html = toHtml(elements)
  const body = html.slice(html.indexOf('<tbody>', html.indexOf(`<caption class="unseen">${caption}`))).split('</tbody>')[0] ?? ''
  return [...body.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) => [...row.matchAll(/>([^<>]+)</g)].map(([, value = '']) => value))
}

test('where the time of a cell went is told in shares over all of its runs', async () => {
  const cells = [
    cell('a', record({ process: 1, first_step: 1, steps: 80, validation: 10, batches: 1, checkpoints: 1, evaluation: 4, record: 2 })),
    cell('b', record({ steps: 30, loop: 10 }), record({ steps: 60 }), record(null)),
    cell('c', record(null)),
  ]
  expect(rowsOf(await costSection(cells, 'last'), 'Where the time went')).toEqual([
    ['a', '2.0 %', '80.0 %', '10.0 %', '2.0 %', '6.0 %'],
    ['b', '0.0 %', '90.0 %', '0.0 %', '10.0 %', '0.0 %'],
  ])
})

test('without an account of time there are the costs alone; without runs nothing', async () => {
  expect(toHtml(await costSection([cell('c', record(null))], 'last'))).not.toContain('Where the time went')
  expect(await costSection([cell('d')], 'last')).toEqual([])
})
