import type { Element } from 'hast'
import { h } from 'hastscript'
import { budgetOf, type Variation } from '../budget.ts'
import type { Caveat } from '../caveats.ts'
import { budgetBars } from '../charts/budget.ts'
import type { Figure } from '../charts/figure.ts'
import { type ComparedTable, hasClaims } from '../compare.ts'
import { number, text } from '../data_table.ts'
import { fixed } from '../format.ts'
import { figureElement } from './figure.ts'
import { prose, section } from './html.ts'

const WIDE = 640
const NARROW = 310

/** How sure is that? What moves the numbers, and what to know before quoting one. `ids` are those of the page's other sections. */
export const certaintySection = async (
  tables: readonly ComparedTable[],
  caveats: readonly Caveat[],
  ids: ReadonlySet<string>,
): Promise<Element[]> => {
  const sources = budgetOf(tables)
  const claimed = tables.find((table) => hasClaims(table) && table.measure.scale === 'share')
  const figure =
    sources.length === 0 ? [] : [await figureElement(figureOf(sources, claimed === undefined ? null : 100 * claimed.rule.margin))]
  const list = caveatList(caveats, ids)
  return figure.length + list.length === 0 ? [] : [section('sure', 'How sure is that?', ...figure, ...list)]
}

const figureOf = (sources: readonly Variation[], margin: number | null): Figure => ({
  id: 'figure-budget',
  title: titleOf(sources),
  reading: `Half-widths on one scale, in points of accuracy${margin === null ? '' : '; the dashed line is the margin. What is longer could decide a verdict by itself'}.`,
  legend: [],
  columns: 1,
  views: [
    {
      label: '',
      pictures: [
        {
          title: null,
          caption: null,
          description: `${sources.map(({ source, points }) => `${source}: ${fixed(points, 2)} points`).join('. ')}.`,
          drawing: budgetBars(sources, margin, WIDE),
          narrow: budgetBars(sources, margin, NARROW),
        },
      ],
    },
  ],
  tables: [
    {
      caption: 'Sources of uncertainty, in points',
      columns: [text('source'), text('kind'), number('half-width'), text('computed as')],
      rows: sources.map(({ source, kind, points, how }) => [source, kind, fixed(points, 2), how]),
    },
  ],
})

const titleOf = (sources: readonly Variation[]): string => {
  const [first] = sources.toSorted((a, b) => b.points - a.points)
  return first === undefined ? '' : `What moves these numbers most: ${first.source.slice(0, 1).toLowerCase()}${first.source.slice(1)}`
}

const caveatList = (caveats: readonly Caveat[], ids: ReadonlySet<string>): Element[] =>
  caveats.length === 0
    ? []
    : [
        h('h3', 'Before quoting these numbers'),
        h(
          'ul.notes',
          caveats.map(({ title, text: words, see }) =>
            h(
              'li',
              h('b', title),
              ...prose(words),
              ...(ids.has(see) ? [' ', h('a', { href: `#${see}`, ariaLabel: `See there: ${title}` }, 'See there')] : []),
            ),
          ),
        ),
      ]
