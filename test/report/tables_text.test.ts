import { csvParse } from 'd3-dsv'
import { expect, test } from 'vitest'
import { tablesText } from '../../src/report/tables_text.ts'
import { fake, PAPER_TABLES, situations } from './fake.ts'

const full = situations.full()

test('Markdown: each table of the paper under its name, claimed beside measured', () => {
  const [name, head, ...rest] = tablesText(full, 'md')
    .split('\n\n')
    .flatMap((block) => block.split('\n'))
  expect(name).toBe('**4.1 General result, test accuracy, %, batch size 4**')
  expect(head).toMatch(/^\| cell \| weights \| claimed \| measured \| 95 % of the mean \|/)
  expect(rest[0]).toBe('| --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |')
  expect(rest[1]).toMatch(/^\| My CNN · augmentation No \| last \| 55\.75 \| \d\d\.\d\d \|/)
})

test('LaTeX: tables of booktabs, what TeX would obey escaped', () => {
  const [table] = PAPER_TABLES
  const evil = fake({ tables: [{ ...(table as (typeof PAPER_TABLES)[0]), title: '100 % & more\n\\input{x}' }] })
  const lines = tablesText(evil, 'tex').split('\n')
  expect(lines[0]).toBe('% 100 % & more \\input{x}, test accuracy, %, batch size 4')
  expect(lines[1]).toBe('\\begin{tabular}{llrrrlrrrrl}')
  expect(lines[3]).toContain(' & 95 \\% of the mean & ')
  expect(lines.join('\n')).toMatch(/\$-\$\d/)
  expect(lines.at(-1)).toBe('\\end{tabular}')
})

test('CSV: one table, each row with the name of its own', () => {
  const rows = csvParse(tablesText(full, 'csv'))
  expect(rows).toHaveLength(16)
  expect(new Set(rows.map(({ table }) => table))).toEqual(
    new Set(['4.1 General result, test accuracy, %, batch size 4', '4.2 Batch size 32, test accuracy, %, batch size 32']),
  )
  expect(rows[0]).toMatchObject({ weights: 'last', claimed: '55.75', seeds: '3' })
  expect(rows.every(({ difference }) => Number.isFinite(Number(difference)))).toBe(true)
})

test('JSON: the facts of the page', () => {
  const { format, results } = JSON.parse(tablesText(full, 'json'))
  expect(format).toBe('ferment report 1')
  expect(results[1]).toMatchObject({ claimed: 0.645, verdict: 'differs' })
})

test('what was not run is said so, and why', () => expect(tablesText(situations.mixed(), 'md')).toMatch(/\| not run: [A-Z]/))
