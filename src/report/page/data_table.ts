import type { Element } from 'hast'
import { h } from 'hastscript'
import type { DataTable } from '../charts/chart.ts'
import { scrolling } from './html.ts'

const NUMBER = /^[−+-]?[\d,.]+([eE][+-]?\d+)?(\u00a0\S+)?$|^–$/

/** A plain table: the first column heads its rows, numbers are aligned right. */
export const dataTable = ({ caption, columns, rows }: DataTable): Element => {
  const isNumber = columns.map((_, index) => index > 0 && rows.every((row) => NUMBER.test(row[index] ?? '–')))
  const kind = (index: number) => (isNumber[index] ? ['n'] : [])
  const table = h(
    'table.data',
    h('caption', caption),
    h(
      'thead',
      h(
        'tr',
        columns.map((name, index) => h('th', { scope: 'col', className: kind(index) }, name)),
      ),
    ),
    h(
      'tbody',
      rows.map((row) =>
        h(
          'tr',
          row.map((cell, index) => (index === 0 ? h('th', { scope: 'row' }, cell) : h('td', { className: kind(index) }, cell))),
        ),
      ),
    ),
  )
  return scrolling(caption, table)
}
