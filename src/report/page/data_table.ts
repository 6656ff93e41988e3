import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Column, DataTable } from '../data_table.ts'
import { scrolling } from './html.ts'

const align = (column: Column | undefined): string[] => (column?.kind === 'number' ? ['n'] : [])

/** A data table in a box of its own that scrolls where the screen is too narrow. */
export const dataTable = ({ caption, columns, rows }: DataTable): Element => {
  const head = columns.map((column) => h('th', { scope: 'col', className: align(column) }, column.name))
  const cell = (value: string, index: number) =>
    index === 0 ? h('th', { scope: 'row' }, value) : h('td', { className: align(columns[index]) }, value)
  const body = rows.map((row) => h('tr', row.map(cell)))
  return scrolling(caption, h('table.data', h('caption', caption), h('thead', h('tr', head)), h('tbody', body)))
}
