import type { Element } from 'hast'
import { h } from 'hastscript'
import { absenceText } from '../absence_text.ts'
import type { Obstacle } from '../comparability.ts'
import type { ComparedCell, ComparedTable, Line, Verdict } from '../compare.ts'
import { fixed, NONE, percent, plural, signed } from '../format.ts'
import { type Measure, weightsNames } from '../measures.ts'
import type { Interval } from '../statistics.ts'
import { dotPlot, type PlotScale, plotAxis, plotScale } from './dot_plot.ts'
import { type Child, prose } from './html.ts'

export const verdictNames: Record<Verdict, string> = {
  agrees: 'agrees',
  differs: 'differs',
  undecided: 'undecided',
  not_comparable: 'not comparable',
  no_claim: 'no claim',
}

const SIGNS: Record<Verdict, string> = { agrees: '✓', differs: '≠', undecided: '?', not_comparable: '○', no_claim: '' }

const obstacleNames: Record<Obstacle, string> = { synthetic: 'synthetic data', limited: 'part of the data', other_data: 'other data file' }

const number = (value: number, { scale }: Measure): string => (scale === 'share' ? percent(value) : fixed(value, 4))

const range = ([low, high]: Interval, { scale }: Measure): string =>
  scale === 'share' ? `${fixed(100 * low, 2)} – ${fixed(100 * high, 2)}` : `${fixed(low, 4)} – ${fixed(high, 4)}`

/** `−0.85 ± 2.3`: in points for shares. */
const difference = ({ value, interval }: NonNullable<Line['difference']>, { scale }: Measure): Child[] => {
  const text = signed(value, scale === 'share' ? {} : { scale: 1, digits: 4 })
  if (interval === null) return [text]
  const half = (interval[1] - interval[0]) / 2
  return [text, h('small', ` ± ${scale === 'share' ? fixed(100 * half, 1) : fixed(half, 3)}`)]
}

const whyOf = ({ verdict, difference: delta }: Line, obstacles: readonly Obstacle[]): string => {
  if (verdict === 'not_comparable') return obstacles.map((one) => obstacleNames[one]).join(', ')
  if (verdict === 'undecided') return delta?.interval ? 'interval too wide' : 'one seed, no interval'
  return ''
}

/** The table reads as cards on narrow screens, where CSS takes its roles away: so they are written out. */
const cell = (name: string, label: string, ...children: (Child | null)[]): Element =>
  h('td', { className: name.split(' '), role: 'cell', dataLabel: label }, ...children)

const chip = (line: Line, obstacles: readonly Obstacle[]): Child[] => {
  const why = whyOf(line, obstacles)
  const sign = h('span', { ariaHidden: 'true' }, `${SIGNS[line.verdict]} `)
  return [h('span', { className: ['chip', line.verdict] }, sign, verdictNames[line.verdict]), ...(why === '' ? [] : [h('small', why)])]
}

const lineCells = (line: Line, { claimed, obstacles }: ComparedCell, measure: Measure, scale: PlotScale | null): Element[] => {
  const { interval, difference: delta } = line
  return [
    cell('weights', 'weights', weightsNames[line.weights], line.seeds > 1 ? ` · ${plural(line.seeds, 'seed')}` : null),
    cell('n measured', 'measured', number(line.mean, measure)),
    cell('n interval', '95 % interval', interval === null ? NONE : range(interval, measure)),
    cell('n difference', 'difference', ...(delta === null ? [NONE] : difference(delta, measure))),
    cell('plot', 'plot', scale === null ? '' : dotPlot(line, claimed, scale)),
    cell('verdict', 'verdict', ...chip(line, obstacles)),
  ]
}

const head = (compared: ComparedCell, { measure }: ComparedTable): Element[] => {
  const rowSpan = Math.max(1, compared.lines.length)
  const short = compared.cell === null ? null : absenceText(compared.cell)
  const partly = compared.lines.length > 0 && short !== '' && short !== null
  return [
    h('th.cell', { scope: 'rowgroup', role: 'rowheader', rowSpan }, compared.label, partly ? h('small', ...prose(short)) : null),
    h(
      'td',
      { className: ['n', 'claim'], role: 'cell', dataLabel: 'claimed', rowSpan },
      compared.claimed === null ? NONE : number(compared.claimed, measure),
    ),
  ]
}

const missing = (compared: ComparedCell, scale: PlotScale | null): Element[] => {
  const why = compared.cell === null ? 'The study has no such cell.' : absenceText(compared.cell) || 'Nothing was measured.'
  return [
    h('td', { className: ['absent'], role: 'cell', colSpan: 4, dataLabel: 'not run' }, ...prose(why)),
    cell('plot', 'plot', scale === null || compared.claimed === null ? '' : dotPlot(null, compared.claimed, scale)),
    cell('verdict', 'verdict', h('span.chip.absent', 'not run')),
  ]
}

const group = (compared: ComparedCell, table: ComparedTable, scale: PlotScale | null): Element => {
  const lines = compared.lines.map((line) => lineCells(line, compared, table.measure, scale))
  const rows = lines.length === 0 ? [missing(compared, scale)] : lines
  return h(
    'tbody',
    { role: 'rowgroup' },
    rows.map((cells, index) => h('tr', { role: 'row' }, ...(index === 0 ? head(compared, table) : []), ...cells)),
  )
}

const column = (name: string, ...children: Child[]): Element =>
  h('th', { scope: 'col', role: 'columnheader', className: name.split(' ') }, ...children)

/** A table of the paper: for each of its cells the claim, then what the last and the best weights measured. */
export const compareTable = (table: ComparedTable): Element => {
  const scale = plotScale(table)
  const { measure, title, where } = table
  const points = measure.scale === 'share' ? ', points' : ''
  return h(
    'table.compare',
    { role: 'table' },
    h('caption', title, h('span', ` ${[measure.name, where].filter((part) => part !== null).join(', ')}`)),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        column('cell', 'cell'),
        column('n claim', 'claimed'),
        column('weights', 'weights'),
        column('n', 'measured'),
        column('n', '95 % interval'),
        column('n', `difference${points}`),
        column('plot', h('span.unseen', 'plot'), ...(scale === null ? [] : [plotAxis(scale)])),
        column('verdict', 'verdict'),
      ),
    ),
    ...table.cells.map((compared) => group(compared, table, scale)),
  )
}
