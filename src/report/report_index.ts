import { readFile } from 'node:fs/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import type { Tally } from './compare.ts'
import { count, minute, plural } from './format.ts'
import { FACTS_FORMAT } from './machine_facts.ts'
import { fontFaces } from './page/fonts.ts'
import { prose } from './page/html.ts'
import { verdictTally } from './page/verdict.ts'

/** What the facts of a report's page say of it: as much as a list of reports shows. */
type ReportFacts = {
  title: string
  source: string | null
  recipe: string
  profile: string | null
  rendered: string | null
  answer: string
  data: { name: string; synthetic: boolean; test_images: number } | null
  verdicts: Tally
  runs: readonly { state: string }[]
}

/** A report by the name of its file. */
export type ListedReport = { file: string; facts: ReportFacts }

const text = { type: 'string' }
const textOrNull = { type: ['string', 'null'] }
const numbers = (names: readonly string[]) => ({ required: names, additionalProperties: { type: 'integer' }, type: 'object' })
const FACTS = {
  type: 'object',
  required: ['format', 'title', 'source', 'recipe', 'profile', 'rendered', 'answer', 'data', 'verdicts', 'runs'],
  properties: {
    format: { const: FACTS_FORMAT },
    title: text,
    source: textOrNull,
    recipe: text,
    profile: textOrNull,
    rendered: textOrNull,
    answer: text,
    data: {
      type: ['object', 'null'],
      required: ['name', 'synthetic', 'test_images'],
      properties: { name: text, synthetic: { type: 'boolean' }, test_images: { type: 'integer' } },
    },
    verdicts: numbers(['claims', 'agrees', 'differs', 'open', 'not_comparable', 'not_run']),
    runs: { type: 'array', items: { type: 'object', required: ['state'], properties: { state: text } } },
  },
}

let compiled: ValidateFunction<ReportFacts> | undefined

const fits = (value: unknown): value is ReportFacts => {
  compiled ??= new Ajv2020({ strict: false }).compile<ReportFacts>(FACTS)
  return compiled(value)
}

const jsonIn = (html: string): unknown => {
  const json = /<script type="application\/json" id="facts">([^<]*)<\/script>/.exec(html)?.[1]
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return null
  }
}

/** The facts that a page of ours bears for machines; null for any other file, and for reports of other versions. */
export const factsIn = (html: string): ReportFacts | null => {
  const facts = jsonIn(html)
  return fits(facts) ? facts : null
}

/** The recipe that a report of any version is of; null for a file that is no report. */
export const recipeIn = (html: string): string | null => {
  const { format, recipe } = (jsonIn(html) ?? {}) as { format?: unknown; recipe?: unknown }
  return String(format).startsWith('ferment report ') && typeof recipe === 'string' ? recipe : null
}

const GENERATOR = 'ferment index'

/** Whether a page is a list of reports that ferment made: no other is written over. */
export const isReportIndex = (html: string): boolean => html.includes(`<meta name="generator" content="${GENERATOR}">`)

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
const STYLES = ['theme', 'layout', 'head', 'narrow', 'print', 'index']

const fact = (name: string, value: string, detail: string | null): Element =>
  h('div', h('dt', name), h('dd', value, detail === null ? null : h('small', detail)))

const runsText = (runs: ReportFacts['runs']): string => {
  const of = (state: string) => runs.filter((run) => run.state === state).length
  const failed = of('failed') > 0 ? `, ${count(of('failed'))} failed` : ''
  return `${count(of('done'))} of ${count(runs.length)} done${failed}`
}

const entry = ({ file, facts }: ListedReport): Element => {
  const { title, source, recipe, profile, rendered, answer, data, verdicts, runs } = facts
  const tally = verdictTally(verdicts)
  return h(
    'li',
    h('h2', h('a', { href: `./${encodeURIComponent(file)}` }, title)),
    source === null ? null : h('p.source', 'After ', ...prose(source)),
    h('p.why', answer),
    tally.length === 0 ? null : h('p.tally', ...tally),
    h(
      'dl.conditions',
      fact('Rendered', rendered === null ? 'not dated' : minute(rendered), file),
      fact('Recipe', recipe, profile === null ? null : `profile ${profile}`),
      fact('Runs', runsText(runs), null),
      data === null
        ? fact('Data', 'none yet', null)
        : fact('Data', `${data.name}${data.synthetic ? ' (drawn faces)' : ''}`, plural(data.test_images, 'test image')),
    ),
  )
}

const newestFirst = (a: ListedReport, b: ListedReport): number => {
  const [before, after] = [b.facts.rendered ?? '', a.facts.rendered ?? '']
  if (before !== after) return before < after ? -1 : 1
  return a.file < b.file ? -1 : 1
}

/** A page that lists reports, the newest first, each a link. It runs no script and asks for nothing; the same reports give the same text. */
export const indexPage = async (reports: readonly ListedReport[]): Promise<string> => {
  const files = await Promise.all(STYLES.map((name) => readFile(new URL(`./page/${name}.css`, import.meta.url), 'utf8')))
  const head = h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'generator', content: GENERATOR }),
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', 'Reports'),
    h('style', [await fontFaces(), ...files].join('')),
  ])
  const top = h(
    'header.top',
    h('div.eyebrow', h('span', 'Replication reports · ferment')),
    h('h1', 'Reports'),
    h('p.source', `${plural(reports.length, 'report')} in this folder, the newest first.`),
  )
  const list = h('ol.reports', { role: 'list' }, reports.toSorted(newestFirst).map(entry))
  const foot = h('footer', h('p', 'Made by ferment from what the reports in this folder say of themselves.'))
  const body = h('body', h('div.wrap', top, h('main', list), foot))
  return `<!doctype html>\n${toHtml(h('html', { lang: 'en' }, head, body))}\n`
}
