import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import type { Chart } from '../../schema/recipe.ts'
import { caveatsOf } from './caveats.ts'
import { type Cell, cellsOf, type Records } from './cells.ts'
import { config } from './charts/theme.ts'
import { checklistOf } from './checklist.ts'
import { type ComparedTable, comparedTables, hasClaims } from './compare.ts'
import { claimsByCell, effectsOf } from './effects.ts'
import { figureChecks } from './figure_checks.ts'
import { findingsOf } from './findings.ts'
import { focusOf } from './focus.ts'
import { machineFacts } from './machine_facts.ts'
import { measures } from './measures.ts'
import { agreementSection } from './page/agreement_section.ts'
import { certaintySection } from './page/certainty_section.ts'
import { checkSection } from './page/check_section.ts'
import { classesSection } from './page/classes_section.ts'
import { costSection } from './page/cost_section.ts'
import { effectsSection } from './page/effects_section.ts'
import { failuresSection } from './page/failures_section.ts'
import { fontFaces } from './page/fonts.ts'
import { header } from './page/header.ts'
import { jsonScript, markup } from './page/html.ts'
import { learningSection } from './page/learning_section.ts'
import { protocolSection } from './page/protocol_section.ts'
import { noPredictions, type PredictionsOf } from './predictions.ts'
import { protocolChecks } from './protocol.ts'
import type { ReportedStudy } from './study.ts'

export type ReportInput = {
  study: ReportedStudy
  records: Records
  /** What the networks answered on each test image, where it was kept; without it, effects are not paired and nothing is said of confidence. */
  predictionsOf?: PredictionsOf
  /** When the report is made, for its head; without it the report bears no date. */
  now?: Date | null
}

/**
 * A study and its records as one HTML file that needs no network, and no JavaScript to be whole. The same input gives the same text; studies
 * without a single run, without axes and without tables have their page too. Everything that people wrote is escaped.
 */
export const renderReport = async ({ study, records, now = null, predictionsOf = noPredictions }: ReportInput): Promise<string> => {
  const cells = cellsOf(study, records)
  const tables = comparedTables(study, cells)
  const sections = await sectionsOf(study, cells, { tables, predictionsOf, now })
  const top = header(study, cells, { tables, now, findings: findingsOf(study, cells) })
  const body = [contents(sections), top, h('main', { id: 'content' }, h('div.sections', ...sections)), footer()]
  const html = h('html.nojs', { lang: 'en' }, ...page(study.about.title, { style: await styleText(), script: await scriptText() }, body))
  return `<!doctype html>\n${toHtml(html, { allowDangerousHtml: true })}\n`
}

/** The parts of the page in order: one question a section, the first four without an answer where nothing was run. */
const sectionsOf = async (
  study: ReportedStudy,
  cells: readonly Cell[],
  { tables, predictionsOf, now }: { tables: readonly ComparedTable[]; predictionsOf: PredictionsOf; now: Date | null },
): Promise<Element[]> => {
  const { charts, axes } = study
  const first = leading(tables)
  const weights = first?.weights ?? 'last'
  const effects = effectsOf(axes, cells, {
    weights,
    deviation: first?.deviation[weights] ?? null,
    predictionsOf,
    claims: claimsByCell(tables),
  })
  const figures = figureChecks(charts, tables, cells)
  const focus = focusOf(charts, cells, weights)
  const shown = { cells, weights, focus, predictionsOf }
  const rest = [
    ...(await effectsSection(effects)),
    ...(await learningSection(ofKind(charts, 'learning_curves'), cells)),
    ...(await failuresSection({ ...shown, charts: ofKind(charts, 'confusion_matrix') })),
    ...(await classesSection(shown)),
    ...protocolSection(protocolChecks(study, cells, { tables, figures })),
    ...(await costSection(cells, weights)),
    checkSection(study, cells, { items: checklistOf(study, cells, tables), facts: machineFacts(study, cells, { tables, now }) }),
  ]
  const ids = new Set(['agreement', ...rest.map(({ properties: { id } }) => String(id))])
  const caveats = caveatsOf(cells, { tables, effects, figures, weights })
  return [await agreementSection(tables), ...(await certaintySection(tables, caveats, ids)), ...rest]
}

/** The tables' own rule where they have claims of test accuracy: whose weights the rest of the page looks at. */
const leading = (tables: readonly ComparedTable[]): ComparedTable | undefined =>
  tables.find((table) => hasClaims(table) && table.measure === measures.test_accuracy) ?? tables[0]

const ofKind = <K extends Chart['kind']>(charts: readonly Chart[], kind: K) =>
  charts.filter((chart): chart is Extract<Chart, { kind: K }> => chart.kind === kind)

const contents = (sections: readonly Element[]): Element => {
  const links = sections.map(({ properties: { id }, children }) => {
    const title = children[0]
    return h('li', h('a', { href: `#${id}` }, ...(title?.type === 'element' ? title.children : [])))
  })
  return h('nav.toc', { ariaLabel: 'Contents' }, h('p', 'On this page'), h('ol', links))
}

const footer = (): Element =>
  h(
    'footer',
    h('p', 'Made by ferment from the records alone. Figures by Vega-Lite, set in Inter and Source Serif 4 (SIL Open Font License 1.1).'),
  )

const page = (title: string, { style, script }: { style: string; script: string }, body: readonly Element[]): Element[] => [
  h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: policyFor(script) }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'generator', content: 'ferment' }),
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', title),
    h('style', style),
  ]),
  h(
    'body',
    h('a.skip', { href: '#content' }, 'To the content'),
    h('div.wrap', ...body),
    jsonScript(JSON.stringify(config), { id: 'chart-config' }),
    h('script', { type: 'module' }, markup(script)),
  ),
]

/** Nothing is fetched and nothing runs but the page's own script, known by its hash: a report is safe to open whatever its recipe says. */
const policyFor = (script: string): string => {
  const hash = createHash('sha256').update(script).digest('base64')
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; font-src data:`
}

const STYLES = ['theme', 'layout', 'head', 'figures', 'tables', 'narrow', 'print']

const styleText = async (): Promise<string> => {
  const files = await Promise.all(STYLES.map((name) => readFile(new URL(`./page/${name}.css`, import.meta.url), 'utf8')))
  return [await fontFaces(), ...files].join('')
}

/** The page's script, what it imports before it. */
const SCRIPTS = [new URL('./page/table_text.mjs', import.meta.url), new URL('./page/client.mjs', import.meta.url)]

/** What the page does where scripts run. No library: a module of its own, 8 KB, that the page is whole without. */
const scriptText = async (): Promise<string> => {
  const texts = await Promise.all(SCRIPTS.map((file) => readFile(file, 'utf8')))
  return texts.join('\n').replace(/^import .* from '\.\/table_text\.mjs'\n+/m, '')
}
