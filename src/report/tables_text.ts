import type { Element } from 'hast'
import { toString as textOf } from 'hast-util-to-string'
import { cellsOf } from './cells.ts'
import { comparedTables } from './compare.ts'
import { machineFacts } from './machine_facts.ts'
import { numbersTable } from './page/agreement_section.ts'
import { type TextTable, tableFormats } from './page/table_text.mjs'
import type { ReportInput } from './render_report.ts'

/** How the tables of a report can be written without its page. */
export type TablesFormat = 'md' | 'tex' | 'csv' | 'json'

const elementsIn = (parent: Element, name: string): Element[] =>
  parent.children.flatMap((child) => (child.type !== 'element' ? [] : child.tagName === name ? [child] : elementsIn(child, name)))

type Captioned = TextTable & { caption: string }

/** Text as its reader sees it. */
const plain = (element: Element): string => textOf(element).replace(/\s+/g, ' ').trim()

/** A table of the page. */
const textTable = (box: Element): Captioned => {
  const rows = elementsIn(box, 'tr').map(({ children }) => children.filter((child) => child.type === 'element'))
  const sides = (rows[0] ?? []).map(({ properties: { className } }) => (String(className).split(',').includes('n') ? 'r' : 'l'))
  const caption = elementsIn(box, 'caption').map(plain)
  return { caption: caption.join(), sides, rows: rows.map((row) => row.map(plain)) }
}

/** One table for all that have the same columns, each row with the name of its own. */
const csvOf = (tables: readonly Captioned[]): string => {
  const heads = new Set(tables.map(({ rows }) => String(rows[0])))
  const ofHead = (head: string): string => {
    const same = tables.filter(({ rows }) => String(rows[0]) === head)
    const body = same.flatMap(({ caption, rows }) => rows.slice(1).map((row) => [caption, ...row]))
    return tableFormats.csv({ sides: [], rows: [['table', ...(same[0]?.rows[0] ?? [])], ...body] })
  }
  return [...heads].map(ofHead).join('\n\n')
}

const writers: Record<Exclude<TablesFormat, 'json'>, (tables: readonly Captioned[]) => string> = {
  csv: csvOf,
  md: (tables) => tables.map((table) => `**${table.caption}**\n\n${tableFormats.md(table)}`).join('\n\n'),
  tex: (tables) => tables.map((table) => `% ${table.caption}\n${tableFormats.tex(table)}`).join('\n\n'),
}

/** The paper's tables, claimed beside measured, as the page has them and copies them; as JSON, the facts that the page bears for machines. */
export const tablesText = ({ study, records, now = null }: ReportInput, format: TablesFormat): string => {
  const cells = cellsOf(study, records)
  const tables = comparedTables(study, cells)
  if (format === 'json') return JSON.stringify(machineFacts(study, cells, { tables, now }), null, 2)
  return writers[format](tables.map((table) => textTable(numbersTable(table))))
}
