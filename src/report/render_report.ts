import { readFile } from 'node:fs/promises'
import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { cellsOf, type Records } from './cells.ts'
import { comparedTables } from './compare.ts'
import { findingsOf } from './findings.ts'
import { banner } from './page/banner.ts'
import { chartElements } from './page/charts_section.ts'
import { claimsSection } from './page/claims_section.ts'
import { classesSection } from './page/classes_section.ts'
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

const STYLES = ['theme.css', 'report.css', 'tables.css', 'compare.css', 'charts.css', 'print.css']

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
    claimsSection(tables),
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
