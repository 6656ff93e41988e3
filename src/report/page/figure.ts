import type { Element } from 'hast'
import { h } from 'hastscript'
import { type Drawing, draw } from '../charts/draw.ts'
import type { Figure, Picture, View } from '../charts/figure.ts'
import { dataTable } from './data_table.ts'
import { type Child, folded, jsonScript, markup, prose } from './html.ts'
import { legend } from './legend.ts'

/** Wider than this, in pixels, a picture is not made smaller but scrolls in its box. */
const LARGE = 1000

const SAVES = [
  ['svg', 'SVG'],
  ['png', 'PNG, 3×'],
  ['csv', 'Data, CSV'],
  ['spec', 'Vega-Lite spec'],
] as const

/** A figure with its finding as title, its pictures, and the numbers behind them. */
export const figureElement = async (figure: Figure): Promise<Element> => {
  const { id, title, reading, legend: entries, columns, views, tables } = figure
  const shown: Element[] = []
  const source: FigureSource = { specs: [], sets: [] }
  for (const [index, view] of views.entries()) shown.push(await viewElement(view, { columns, index, source }))
  const bar = [...segments(figure), ...legend(entries)]
  return h(
    'figure',
    { id },
    h('figcaption.fighead', h('div', h('h3', ...prose(title)), h('p', ...prose(reading))), menu(title)),
    bar.length === 0 ? null : h('div.bar', bar),
    ...shown,
    tables.length === 0 ? null : folded('The numbers behind this figure', ...tables.map(dataTable)),
    jsonScript(`{"specs":[${source.specs.join(',')}],"sets":[${source.sets.join(',')}]}`),
  )
}

const viewElement = async (
  { pictures }: View,
  { columns, index, source }: { columns: number; index: number; source: FigureSource },
): Promise<Element> => {
  const panels: Element[] = []
  for (const picture of pictures) panels.push(await panel(picture, source))
  return h('div', { className: ['plots', `c${columns}`, 'view', `v${index}`] }, panels)
}

const panel = async (picture: Picture, source: FigureSource): Promise<Element> => {
  const { title, caption } = picture
  return h(
    'div.panel',
    title === null ? null : h('h4', title),
    caption === null ? null : h('p', ...prose(caption)),
    ...(await drawn(picture, source)),
  )
}

const drawn = async ({ drawing, narrow, description }: Picture, source: FigureSource): Promise<Child[]> => {
  if (drawing === null) return [h('div.nothing', 'Not run')]
  if (narrow === undefined) return [await pictureOf(drawing, { description, classes: [], source })]
  return [
    await pictureOf(drawing, { description, classes: ['wide'], source }),
    await pictureOf(narrow, { description, classes: ['narrow'], source }),
  ]
}

type Setting = { description: string; classes: readonly string[]; source: FigureSource }

const pictureOf = async (drawing: Drawing, { description, classes, source }: Setting): Promise<Element> => {
  const { svg, width, height } = await draw(drawing)
  const box = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(description)}" style="max-width:${width}px">`
  const large = width > LARGE
  const attributes = large ? { role: 'group', ariaLabel: description.slice(0, 80), tabIndex: 0 } : {}
  const shown = markup(svg.replace(/<svg[^>]*>/, large ? box.replace(' style="', ` width="${width}" style="`) : box))
  const dataSource = sourceOf(drawing, source)
  return h('div', { className: ['picture', ...classes, ...(large ? ['large'] : [])], ...attributes, dataSource }, shown)
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** Remembers what a picture is made of, for whoever saves it: `{"spec": 0, "rows": 2}` as the element's `data-source`. */
const sourceOf = ({ spec, datasets }: Drawing, source: FigureSource): string => {
  const { config: _, ...own } = spec as { config?: object }
  const sets = Object.entries(datasets).map(([name, rows]) => [name, indexIn(source.sets, JSON.stringify(rows, shortNumber))] as const)
  return JSON.stringify({ spec: indexIn(source.specs, JSON.stringify(own)), sets: Object.fromEntries(sets) })
}

/** Specs and data of a figure's pictures, each once however many pictures share it; the configuration stands once in the page. */
type FigureSource = { specs: string[]; sets: string[] }

const indexIn = (list: string[], text: string): number => {
  const known = list.indexOf(text)
  return known === -1 ? list.push(text) - 1 : known
}

/** Numbers to six significant digits, text without anything that ends a script element. */
const shortNumber = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value

/** Buttons that choose a view: radio buttons and style sheets alone, so that they work without scripts. At most three views. */
const segments = ({ id, choice, views }: Figure): Element[] =>
  views.length < 2
    ? []
    : [
        h(
          'fieldset.segments',
          h('legend', choice ?? 'Show'),
          views.map(({ label }, index) =>
            h('label', h('input', { type: 'radio', name: `${id}-view`, className: [`v${index}`], checked: index === 0 }), h('span', label)),
          ),
        ),
      ]

const menu = (title: string): Element =>
  h(
    'details.menu',
    h('summary', { ariaLabel: `Save the figure: ${title}` }, 'Save'),
    h(
      'div',
      SAVES.map(([format, name]) => h('button', { type: 'button', dataSave: format }, name)),
    ),
  )
