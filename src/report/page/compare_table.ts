import type { Element } from 'hast'
import { h } from 'hastscript'
import { type ComparedTable, hasClaims } from '../compare.ts'
import { compareRows, type Frame } from './compare_row.ts'
import { plotAxis, plotScale } from './dot_plot.ts'
import type { Child } from './html.ts'

const column = (name: string, ...children: Child[]): Element =>
  h('th', { scope: 'col', role: 'columnheader', className: name.split(' ') }, ...children)

const columns = ({ measure, scale, claims }: Frame): Element[] => [
  column('cell', 'cell'),
  ...(claims ? [column('n claim', 'claimed')] : []),
  column('weights', 'weights'),
  column('n', 'measured'),
  column('n', '95 % interval'),
  ...(claims ? [column('n', `difference${measure.scale === 'share' ? ', points' : ''}`)] : []),
  column('plot', h('span.unseen', 'plot'), ...(scale === null ? [] : [plotAxis(scale)])),
  ...(claims ? [column('verdict', 'verdict')] : []),
]

/** A table of the paper: for each of its cells the claim, then what the last and the best weights measured. */
export const compareTable = (table: ComparedTable): Element => {
  const { measure, title, where } = table
  const frame = { measure, scale: plotScale(table), claims: hasClaims(table) }
  return h(
    'table.compare',
    { role: 'table' },
    h('caption', title, h('span', ` ${[measure.name, where].filter((part) => part !== null).join(', ')}`)),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns(frame))),
    ...table.cells.map((compared) => compareRows(compared, frame)),
  )
}
