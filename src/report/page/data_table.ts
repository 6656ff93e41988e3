import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Column, DataTable } from '../data_table.ts'
import { type Child, scrolling } from './html.ts'

/** A table under its name, in a box that scrolls where the screen is too narrow, sorted by a column and copied where scripts run. */
export const tableBox = (caption: string, columns: readonly Column[], rows: readonly (readonly Child[][])[]): Element => {
  const head = columns.map((column) =>
    h('th', { scope: 'col', className: align(column) }, h('button', { type: 'button', dataSort: '' }, column.name)),
  )
  const cell = (children: readonly Child[], index: number) =>
    index === 0
      ? h('th', { scope: 'row', className: align(columns[0]) }, ...children)
      : h('td', { className: align(columns[index]) }, ...children)
  const body = rows.map((row) => h('tr', row.map(cell)))
  const table = h('table', h('caption.unseen', caption), h('thead', h('tr', head)), h('tbody', body))
  return h('div.tablebox', h('div.tablehead', h('p', caption), copies()), scrolling(caption, table))
}

const align = (column: Column | undefined): string[] => (column?.kind === 'number' ? ['n'] : [])

const COPIES = [
  ['tex', 'LaTeX'],
  ['md', 'Markdown'],
  ['csv', 'CSV'],
] as const

const copies = (): Element =>
  h(
    'span.copies',
    'Copy as ',
    COPIES.map(([format, name]) => h('button', { type: 'button', dataTable: format }, name)),
  )

/** A table of plain text. */
export const dataTable = ({ caption, columns, rows }: DataTable): Element =>
  tableBox(
    caption,
    columns,
    rows.map((row) => row.map((value) => [value])),
  )
