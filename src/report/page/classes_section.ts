import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Cell } from '../cells.ts'
import { type ClassRow, classRows } from '../class_table.ts'
import { number, text } from '../data_table.ts'
import { count, fixed, percent } from '../format.ts'
import { type Weights, weightsNames } from '../measures.ts'
import { dataTable } from './data_table.ts'
import { folded, scrolling, section } from './html.ts'

type Measured = { cell: Cell; rows: readonly ClassRow[]; weights: Weights }

/** The last weights where they were evaluated, else the best. */
const measuredOf = (cell: Cell): Measured[] => {
  const found = (['last', 'best'] as const).map((weights) => ({ cell, weights, rows: classRows(cell, weights) }))
  return found.filter(({ rows }) => rows.length > 0).slice(0, 1)
}

/** A number over a bar of its length. */
const barred = (share: number): Element =>
  h('td.n.barred', h('span', { className: ['bar'], style: `width: ${(100 * share).toFixed(1)}%` }), h('span', percent(share, 1)))

const overview = (measured: readonly Measured[]): Element => {
  const names = measured[0]?.rows.map(({ name }) => name) ?? []
  const same = measured.filter(({ rows }) => rows.map(({ name }) => name).join() === names.join())
  return h(
    'table.data',
    h('caption', 'F1 of each class, mean over seeds'),
    h('thead', h('tr', h('th', { scope: 'col' }, 'cell'), ...names.map((name) => h('th.n', { scope: 'col' }, name)))),
    h(
      'tbody',
      same.map(({ cell, rows }) => h('tr', h('th', { scope: 'row' }, cell.label), ...rows.map(({ f1 }) => barred(f1)))),
    ),
  )
}

const details = ({ cell, rows, weights }: Measured): Element =>
  dataTable({
    caption: `${cell.label}, ${weightsNames[weights]}`,
    columns: [text('class'), number('precision'), number('recall'), number('F1'), number('test images')],
    rows: rows.map(({ name, precision, recall, f1, support }) => [
      name,
      fixed(precision, 3),
      fixed(recall, 3),
      fixed(f1, 3),
      count(support),
    ]),
  })

/** Which classes are told apart well, in each cell; absent where no cell was measured. */
export const classesSection = (cells: readonly Cell[]): Element[] => {
  const measured = cells.flatMap(measuredOf)
  if (measured.length === 0) return []
  const note =
    'As scikit-learn defines them, with 0 where a class was never predicted. The macro average counts every class alike, the weighted one by its images.'
  return [
    section(
      'classes',
      'Classes',
      h('p.note', note),
      scrolling('F1 of each class', overview(measured)),
      folded('Precision, recall and F1 of each cell', h('div.columns', measured.map(details))),
    ),
  ]
}
