import type { Element } from 'hast'
import { h } from 'hastscript'
import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'
import { type ComparedTable, hasClaims } from '../compare.ts'
import type { Finding } from '../finding.ts'
import { count, fixed, listed, minute, percent, plural } from '../format.ts'
import { headlineOf } from '../headline.ts'
import { weightsNames } from '../measures.ts'
import type { ReportedStudy } from '../study.ts'
import { banner } from './banner.ts'
import { claimsGrids } from './claims_grid.ts'
import { type Child, emphasized, folded, prose } from './html.ts'
import { markdown } from './markdown.ts'

/** The title, the answer in a sentence, the paper's tables with ours in them, and the conditions. */
export const header = (
  study: ReportedStudy,
  cells: readonly Cell[],
  { tables, now, findings }: { tables: readonly ComparedTable[]; now: Date | null; findings: readonly Finding[] },
): Element => {
  const { about } = study
  const { answer, why } = headlineOf(tables, cells)
  const records = cells.flatMap((cell) => cell.records)
  return h(
    'header.top',
    eyebrow(study, now),
    h('h1', about.title),
    about.source === undefined ? null : h('p.source', 'After ', ...prose(about.source)),
    ...banner(findings.filter(({ kind }) => kind === 'not_comparable' || kind === 'missing')),
    h('p.answer', ...emphasized(answer)),
    ...why.map((text) => h('p.why', text)),
    about.description === undefined ? null : folded('What is asked', h('div.words', ...markdown(about.description))),
    ...claimsGrids(tables),
    cells.length === 0
      ? null
      : h(
          'dl.conditions',
          ...dataFact(records),
          ...splitFact(records),
          runsFact(cells),
          ...engineFact(records),
          ...noteFacts(findings.filter(({ kind }) => kind === 'note')),
          ...ruleFact(tables),
        ),
  )
}

const eyebrow = ({ recipe, profile }: ReportedStudy, now: Date | null): Element => {
  const parts = [
    'Replication report',
    'ferment',
    recipe,
    ...(profile === null ? [] : [`profile ${profile.name}`]),
    ...(now === null ? [] : [`rendered ${minute(now.toISOString())}`]),
  ]
  const buttons = h(
    'span.scripted',
    h('button', { type: 'button', dataTheme: '' }, 'Dark'),
    h('button', { type: 'button', dataPrint: '' }, 'Print'),
  )
  return h('div.eyebrow', h('span', parts.join(' · ')), buttons)
}

const dataFact = (records: readonly RunRecord[]): Element[] => {
  const data = records.flatMap((record) => record.data ?? [])
  const first = data[0]
  if (first === undefined) return []
  const names = unique(data.map(({ name, synthetic }) => `${name}${synthetic ? ' (drawn faces)' : ''}`))
  const file = first.path === null ? '' : first.path
  return [fact('Data', `${listed(names)}, ${count(first.images)} images`, file)]
}

const unique = (items: readonly string[]): string[] => [...new Set(items)]

const fact = (name: string, value: Child, detail: string): Element =>
  h('div', h('dt', name), h('dd', value, detail === '' ? null : h('small', detail)))

const splitFact = (records: readonly RunRecord[]): Element[] => {
  const data = records.find((record) => record.data !== undefined)?.data
  if (data === undefined) return []
  const { used } = data
  return [
    fact(
      'Training, validation, test',
      `${count(used.train)} / ${count(used.validation)} / ${count(used.test)}`,
      `test images ${data.fingerprint.test.slice(0, 16)}`,
    ),
  ]
}

const runsFact = (cells: readonly Cell[]): Element => {
  const runs = cells.reduce((sum, cell) => sum + cell.runs.length, 0)
  const done = cells.reduce((sum, cell) => sum + cell.records.length, 0)
  const seeds = unique(cells.flatMap((cell) => cell.runs.map(({ seed }) => String(seed))))
  const named = seeds.length <= 6 ? `seed${seeds.length === 1 ? '' : 's'} ${listed(seeds)}` : plural(seeds.length, 'seed')
  return fact('Runs', done === runs ? `${count(runs)}: ${plural(cells.length, 'cell')}` : `${count(done)} of ${count(runs)}`, named)
}

const engineFact = (records: readonly RunRecord[]): Element[] => {
  const engines = unique(records.map(({ provenance: { engine } }) => `${engine.name}, ${engine.arithmetic ?? 'float32'}`))
  const devices = unique(records.map(({ provenance: { engine } }) => engine.device))
  return engines.length === 0 ? [] : [fact('Engine', listed(engines), listed(devices))]
}

/** Whose records these are, and what this machine has found of them. */
const noteFacts = (notes: readonly Finding[]): Element[] =>
  notes.map(({ title, text, cells }) =>
    h(
      'div.two',
      h('dt', title),
      h('dd', ...prose(text), cells.length === 0 ? null : h('small', cells.length > 4 ? plural(cells.length, 'run') : listed(cells))),
    ),
  )

const ruleFact = (tables: readonly ComparedTable[]): Element[] => {
  const first = tables.find(hasClaims)
  if (first === undefined) return []
  const { rule, measure, weights } = first
  const margin = measure.scale === 'share' ? `${fixed(100 * rule.margin, 1).replace('.0', '')} points` : String(rule.margin)
  const text = `A claim agrees where one more run would lie within ${margin} of it, with ${percent(rule.confidence, 0)} confidence.`
  return [
    h(
      'div.two',
      h('dt', 'Decided beforehand, in the recipe'),
      h('dd', text, h('small', `Numbers above: ${weightsNames[weights]}. Both are shown below.`)),
    ),
  ]
}
