import type { Element } from 'hast'
import { h } from 'hastscript'
import { absenceText } from '../absence_text.ts'
import { SEPARATOR } from '../cells.ts'
import type { Obstacle } from '../comparability.ts'
import type { ComparedCell, Line } from '../compare.ts'
import { overNames, rangeText, valueText, verdictNames } from '../compare_text.ts'
import { fixed, NONE, plural, signed } from '../format.ts'
import { type Measure, weightsNames } from '../measures.ts'
import type { Verdict } from '../rule.ts'
import { dotPlot, type PlotScale } from './dot_plot.ts'
import { type Child, prose } from './html.ts'

/** What the rows of a table have in common. Without claims there is nothing to compare, and no columns for it. */
export type Frame = { measure: Measure; scale: PlotScale | null; claims: boolean }

const SIGNS: Record<Verdict, string> = { agrees: '✓', differs: '≠', open: '~', not_comparable: '○', no_claim: '' }

const obstacleNames: Record<Obstacle, string> = {
  synthetic: 'synthetic data',
  limited: 'part of the data',
  other_data: 'other data file',
  changed: 'settings changed',
}

/** `−0.85 ± 2.3`: in points for shares. */
const differenceText = ({ value, oneMore }: NonNullable<Line['difference']>, { scale }: Measure): Child[] => {
  const text = signed(value, scale === 'share' ? {} : { scale: 1, digits: 4 })
  if (oneMore === null) return [text]
  const [low, high] = oneMore.interval
  const half = (high - low) / 2
  return [text, h('small', ` ± ${scale === 'share' ? fixed(100 * half, 1) : fixed(half, 3)}`)]
}

/** The table reads as cards on narrow screens, where CSS takes its roles away: so they are written out. */
const cell = (name: string, label: string, ...children: (Child | null)[]): Element =>
  h('td', { className: name.split(' '), role: 'cell', dataLabel: label }, ...children)

/** What would settle an open verdict. */
const openText = ({ difference }: Line): string => {
  if (difference?.oneMore === null) return 'one seed, no interval'
  if (difference?.oneMore.over === 'images') return 'needs more seeds'
  return difference?.needed ? `${difference.needed} seeds would settle it` : 'single runs vary too much for the margin'
}

const chip = (line: Line): Child[] => {
  const { verdict } = line
  const sign = h('span', { ariaHidden: 'true' }, `${SIGNS[verdict]} `)
  return [
    h('span', { className: ['chip', verdict] }, sign, verdictNames[verdict]),
    ...(verdict === 'open' ? [h('small', openText(line))] : []),
  ]
}

const lineCells = (line: Line, { claimed }: ComparedCell, { measure, scale, claims }: Frame): Element[] => {
  const { sample, spread, difference } = line
  const seeds = sample.seeds.length > 1 ? ` · ${plural(sample.seeds.length, 'seed')}` : null
  const interval = spread === null ? [NONE] : [rangeText(spread.interval, measure), h('small', ` ${overNames[spread.over]}`)]
  return [
    cell('weights', 'weights', weightsNames[sample.weights], seeds),
    cell('n measured', 'measured', valueText(sample.mean, measure)),
    cell('n interval', '95 % interval', ...interval),
    ...(claims ? [cell('n difference', 'difference', ...(difference === null ? [NONE] : differenceText(difference, measure)))] : []),
    cell('plot', 'plot', scale === null ? '' : dotPlot(line, claimed, scale)),
    ...(claims ? [cell('verdict', 'verdict', ...chip(line))] : []),
  ]
}

/** Under the name of a cell: what is missing of it, and why it does not compare. */
const remarks = ({ cell, lines, obstacles }: ComparedCell): Element[] => {
  const absent = cell === null || lines.length === 0 ? '' : absenceText(cell)
  const texts = [obstacles.map((one) => obstacleNames[one]).join(', '), absent]
  return texts.filter((one) => one !== '').map((one) => h('small', ...prose(one)))
}

const head = (compared: ComparedCell, { measure, claims }: Frame): Element[] => {
  const rowSpan = Math.max(1, compared.lines.length)
  const [first = '', ...rest] = compared.label.split(SEPARATOR)
  const more = rest.length === 0 ? null : h('span', ` ${rest.join(SEPARATOR)}`)
  const claimed = compared.claimed === null ? NONE : valueText(compared.claimed, measure)
  return [
    h('th.cell', { scope: 'rowgroup', role: 'rowheader', rowSpan }, first, more, ...remarks(compared)),
    ...(claims ? [h('td', { className: ['n', 'claim'], role: 'cell', dataLabel: 'claimed', rowSpan }, claimed)] : []),
  ]
}

const missing = (compared: ComparedCell, { scale, claims }: Frame): Element[] => {
  const why = compared.cell === null ? 'Not among the runs of this report.' : absenceText(compared.cell) || 'Nothing was measured.'
  const claimed = scale === null || compared.claimed === null ? '' : dotPlot(null, compared.claimed, scale)
  return [
    h('td', { className: ['absent'], role: 'cell', colSpan: claims ? 4 : 3, dataLabel: 'not run' }, ...prose(why)),
    cell('plot', 'plot', claimed),
    ...(claims ? [cell('verdict', 'verdict', h('span.chip', 'not run'))] : []),
  ]
}

/** The rows of one cell: a line for each set of weights, or one that says why there is none. */
export const compareRows = (compared: ComparedCell, frame: Frame): Element => {
  const lines = compared.lines.map((line) => lineCells(line, compared, frame))
  const rows = lines.length === 0 ? [missing(compared, frame)] : lines
  return h(
    'tbody',
    { role: 'rowgroup' },
    rows.map((cells, index) => h('tr', { role: 'row' }, ...(index === 0 ? head(compared, frame) : []), ...cells)),
  )
}
