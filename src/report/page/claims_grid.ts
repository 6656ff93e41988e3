import type { Element } from 'hast'
import { h } from 'hastscript'
import { labelOf } from '../cells.ts'
import { type ComparedCell, type ComparedTable, countingLine, hasClaims } from '../compare.ts'
import { fixed, signed } from '../format.ts'
import type { Measure } from '../measures.ts'
import { verdictSign } from './verdict.ts'

type Column = { label: string; of: (row: string) => ComparedCell | null }
type Grid = { caption: string; measure: Measure; rows: readonly string[]; columns: readonly Column[] }

/** More columns than this do not fit the page's width: each table then has a grid of its own. */
const MOST_COLUMNS = 6

/** The paper's tables as the paper has them, with what was measured large and the paper's number below; none without claims. */
export const claimsGrids = (tables: readonly ComparedTable[]): Element[] =>
  merged(tables.flatMap((table) => gridOf(table) ?? [])).map(gridElement)

/** Tables with the same rows stand beside each other. */
const merged = (grids: readonly Grid[]): Grid[] => {
  const [first] = grids
  if (first === undefined) return []
  const same = grids.every(({ rows, measure }) => rows.join('\n') === first.rows.join('\n') && measure === first.measure)
  const columns = grids.flatMap((grid) => grid.columns)
  if (!same || columns.length > MOST_COLUMNS) return [...grids]
  return [{ ...first, caption: grids.map(({ caption }) => caption).join(', '), columns }]
}

/** Null where a table's cells are not told apart by its rows and columns alone. */
const gridOf = (table: ComparedTable): Grid | null => {
  const { rows, columns, cells, measure } = table
  if (rows === null || columns === null || !hasClaims(table)) return null
  const columnNames = unique(cells.map(({ shown }) => shown[columns] ?? ''))
  const rowNames = unique(cells.map((cell) => rowOf(table, cell)))
  if (cells.length > rowNames.length * columnNames.length) return null
  const of = (column: string) => (row: string) => cells.find((cell) => rowOf(table, cell) === row && cell.shown[columns] === column) ?? null
  const where = table.where === null ? '' : `${table.where}, `
  return {
    caption: table.title,
    measure,
    rows: rowNames,
    columns: columnNames.map((column) => ({ label: `${where}${labelOf({ [columns]: column })}`, of: of(column) })),
  }
}

const unique = (items: readonly string[]): string[] => [...new Set(items)]

const rowOf = ({ rows }: ComparedTable, { shown }: ComparedCell): string => (rows === null ? '' : (shown[rows] ?? ''))

const gridElement = (grid: Grid): Element =>
  h(
    'table.claims',
    { role: 'table' },
    h('caption.unseen', `${grid.caption}: measured, beside the paper’s number and the verdict`),
    h(
      'thead',
      { role: 'rowgroup' },
      h('tr', { role: 'row' }, [
        h('th', { scope: 'col', role: 'columnheader' }, `${grid.measure.name}${grid.measure.scale === 'share' ? ', %' : ''}`),
        ...grid.columns.map(({ label }) => h('th', { scope: 'col', role: 'columnheader' }, label)),
      ]),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      grid.rows.map((row) =>
        h('tr', { role: 'row' }, [
          h('th', { scope: 'row', role: 'rowheader' }, row),
          ...grid.columns.map(({ label, of }) => cellOf(of(row), grid, label)),
        ]),
      ),
    ),
  )

const cellOf = (cell: ComparedCell | null, { measure }: Grid, label: string): Element => {
  if (cell === null) return h('td', { role: 'cell', dataLabel: label }, '–')
  const line = countingLine(cell)
  const paper = cell.claimed === null ? null : `paper ${bare(cell.claimed, measure)}`
  const by = line?.difference ? ` · ${signed(line.difference.value, measure.scale === 'share' ? {} : { scale: 1, digits: 4 })}` : ''
  return h(
    'td',
    { role: 'cell', dataLabel: label },
    h('b', line === null ? '–' : bare(line.sample.mean, measure)),
    paper === null ? null : h('small', paper, by),
    cell.claimed === null ? null : verdictSign(line?.verdict ?? 'not_run'),
  )
}

const bare = (value: number, { scale }: Measure): string => (scale === 'share' ? fixed(100 * value, 2) : fixed(value, 4))
