import type { Element } from 'hast'
import { h, s } from 'hastscript'
import type { Chart } from '../../../schema/recipe.ts'
import type { Cell } from '../cells.ts'
import type { ChartView, LegendEntry, Panel } from '../charts/chart.ts'
import { renderSvg } from '../charts/render_svg.ts'
import { chartView } from '../charts/table.ts'
import { dataTable } from './data_table.ts'
import { folded, markup, prose } from './html.ts'

const MARKS: Record<Exclude<LegendEntry['sign'], 'line' | 'dashed'>, string> = {
  circle: 'M14 1.6a4.4 4.4 0 1 0 .01 0Z',
  triangle: 'M9.5 2.5h9L14 10Z',
  square: 'M10.5 2.5h7v7h-7Z',
  diamond: 'M14 1.2 18.8 6 14 10.8 9.2 6Z',
  cross: 'M12.7 1.5h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2H9.5V4.7h3.2Z',
}

const sign = ({ sign, color }: LegendEntry): Element => {
  const style = `color: var(${color})`
  if (sign === 'line' || sign === 'dashed')
    return s('svg', { width: 28, height: 12, ariaHidden: 'true', style }, s(`line.${sign}`, { x1: 0, x2: 28, y1: 6, y2: 6 }))
  return s('svg', { width: 28, height: 12, ariaHidden: 'true', style }, s(`path.${sign}`, { d: MARKS[sign] }))
}

const legend = (entries: readonly LegendEntry[]): Element[] =>
  entries.length === 0
    ? []
    : [
        h(
          'ul.legend',
          entries.map((entry) => h('li', sign(entry), entry.label)),
        ),
      ]

const panel = async ({ title, caption, description, spec }: Panel): Promise<Element> =>
  h(
    'figure.panel',
    h('figcaption', h('strong', title), ...(caption === null ? [] : [h('span', ...prose(caption))])),
    spec === null ? h('div.nothing', 'Not run') : h('div.picture', { role: 'img', ariaLabel: description }, markup(await renderSvg(spec))),
  )

const chartElement = async (chart: Chart, view: ChartView): Promise<Element> => {
  const panels: Element[] = []
  for (const one of view.panels) panels.push(await panel(one))
  return h(
    'section.chart',
    h('h3', chart.title),
    ...view.notes.map((note) => h('p.note', ...prose(note))),
    ...legend(view.legend),
    h('div', { className: ['panels', chart.kind] }, panels),
    folded('The numbers behind this chart', ...view.data.map(dataTable)),
  )
}

/** The recipe's charts in its order; those that have nothing to show are left out. */
export const chartElements = async (charts: readonly Chart[], cells: readonly Cell[]): Promise<Element[]> => {
  const elements: Element[] = []
  for (const chart of charts) {
    const view = chartView(chart, cells)
    if (view !== null) elements.push(await chartElement(chart, view))
  }
  return elements
}
