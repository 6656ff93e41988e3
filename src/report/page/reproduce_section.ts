import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Cell } from '../cells.ts'
import { command, scrolling, section } from './html.ts'

const STATES = { done: 'done', failed: 'failed', skipped: 'skipped', to_do: 'not run yet' } as const

const rows = (cell: Cell): Element[] =>
  cell.runs.map((run, index) =>
    h(
      'tr',
      ...(index === 0 ? [h('th', { scope: 'rowgroup', rowSpan: cell.runs.length }, cell.label)] : []),
      h('td.n', String(run.seed)),
      h('td.state', STATES[run.state]),
      h('td', command(run.command)),
    ),
  )

/** The command that makes each run again. */
export const reproduceSection = (cells: readonly Cell[]): Element[] => {
  if (cells.length === 0) return []
  const table = h(
    'table.data',
    h('caption', 'One command a run'),
    h(
      'thead',
      h(
        'tr',
        h('th', { scope: 'col' }, 'cell'),
        h('th.n', { scope: 'col' }, 'seed'),
        h('th', { scope: 'col' }, 'state'),
        h('th', { scope: 'col' }, 'command'),
      ),
    ),
    ...cells.map((cell) => h('tbody', rows(cell))),
  )
  return [section('reproduce', 'Reproduce a cell', scrolling('One command a run', table))]
}
