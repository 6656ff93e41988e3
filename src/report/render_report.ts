import { readFile } from 'node:fs/promises'
import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { cellsOf, type Records } from './cells.ts'
import { type ComparedTable, comparedTables } from './compare.ts'
import { findingsOf } from './findings.ts'
import { banner } from './page/banner.ts'
import { chartElements } from './page/charts_section.ts'
import { classesSection } from './page/classes_section.ts'
import { compareTable } from './page/compare_table.ts'
import { costSection } from './page/cost_section.ts'
import { header } from './page/header.ts'
import { section } from './page/html.ts'
import { provenanceSection } from './page/provenance_section.ts'
import { reproduceSection } from './page/reproduce_section.ts'
import type { Study } from './study.ts'

export type ReportInput = {
  study: Study
  records: Records
  /** When the report is made, for its head; without it the report bears no date. */
  now?: Date
}

/** Nothing is fetched and nothing runs: a report is safe to open whatever its recipe says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

const STYLES = ['report.css', 'tables.css', 'charts.css', 'print.css']

const METHOD =
  'The last weights are those after the final epoch, the best those of the checkpoint; which of them the paper shows is not always said, so both stand here. The interval is Wilson’s for the accuracy of one seed on its test images, Student’s t over seeds for two or more. A claim agrees where a single further run could have given it (95 %): by Newcombe’s interval of the difference of two accuracies for one seed, by the prediction interval of Student’s t for several.'

const claimedSection = (tables: readonly ComparedTable[]): Element => {
  const key = h(
    'ul.legend',
    h('li', h('span.key.claimed', { ariaHidden: 'true' }, '◆'), 'claimed'),
    h('li', h('span.key.measured', { ariaHidden: 'true' }, '●'), 'measured, on its 95 % interval'),
  )
  const claims = tables.some(({ cells }) => cells.some(({ claimed }) => claimed !== null))
  return section('claims', claims ? 'Claimed and measured' : 'Measured', key, ...tables.map(compareTable), h('p.note', METHOD))
}

const contents = (sections: readonly Element[]): Element => {
  const links = sections.map(({ properties: { id }, children }) => {
    const title = children[0]
    return h('li', h('a', { href: `#${id}` }, ...(title?.type === 'element' ? title.children : [])))
  })
  return h('nav', { ariaLabel: 'Contents' }, h('ul.contents', links))
}

const page = (title: string, style: string, body: readonly Element[]): Element[] => [
  h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'generator', content: 'ferment' }),
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', title),
    h('style', style),
  ]),
  h('body', h('main', ...body)),
]

/**
 * A study and its records as one HTML file that needs no network and no JavaScript. The same input gives the same text; studies without
 * a single run, without axes and without tables have their page too. Everything that people wrote is escaped.
 */
export const renderReport = async ({ study, records, now }: ReportInput): Promise<string> => {
  const cells = cellsOf(study, records)
  const tables = comparedTables(study, cells)
  const charts = await chartElements(study.charts, cells)
  const sections = [
    claimedSection(tables),
    ...(charts.length === 0 ? [] : [section('charts', 'Charts', ...charts)]),
    ...classesSection(cells),
    ...costSection(cells),
    ...provenanceSection(cells),
    ...reproduceSection(cells),
  ]
  const top = [header(study, cells, tables, now ?? null), ...banner(findingsOf(study, cells)), contents(sections)]
  const style = (await Promise.all(STYLES.map((name) => readFile(new URL(`./page/${name}`, import.meta.url), 'utf8')))).join('')
  const html = h('html', { lang: 'en' }, ...page(study.about.title, style, [...top, ...sections]))
  return `<!doctype html>\n${toHtml(html, { allowDangerousHtml: true })}\n`
}
