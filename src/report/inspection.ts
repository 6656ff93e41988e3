import { readFile } from 'node:fs/promises'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import type { DataTable } from './data_table.ts'
import { dataTable } from './page/data_table.ts'
import { prose, section } from './page/html.ts'

/** Pictures with a word below each. `source`: a data URI. */
export type Gallery = { caption: string; pictures: readonly { source: string; label: string }[] }

/** What a command has found, in data or between runs, ready to be shown. */
export type Inspection = {
  /** The command that shows it. */
  command: string
  title: string
  /** What the data are, in a sentence. */
  summary: string
  parts: readonly { id: string; title: string; text: string; tables: readonly DataTable[]; galleries: readonly Gallery[] }[]
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
const STYLES = ['theme.css', 'layout.css', 'tables.css', 'inspection.css', 'print.css']

/** The page of an inspection: one HTML file without scripts that needs no network. */
export const inspectionPage = async ({ command, title, summary, parts }: Inspection): Promise<string> => {
  const style = (await Promise.all(STYLES.map((name) => readFile(new URL(`./page/${name}`, import.meta.url), 'utf8')))).join('')
  const head = h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', title),
    h('style', style),
  ])
  const sections = parts.map((part) =>
    section(part.id, part.title, h('p', ...prose(part.text)), ...part.tables.map(dataTable), ...part.galleries.map(galleryElement)),
  )
  const header = h('header', h('p.eyebrow', command), h('h1', title), h('p.description', ...prose(summary)))
  return `<!doctype html>\n${toHtml(h('html', { lang: 'en' }, head, h('body', h('main', header, ...sections))))}\n`
}

const galleryElement = ({ caption, pictures }: Gallery) =>
  h(
    'figure.gallery',
    h('figcaption', caption),
    h(
      'ul',
      pictures.map(({ source, label }) => h('li', h('img', { src: source, alt: label }), h('small', label))),
    ),
  )

/** An inspection as text for a terminal. */
export const inspectionText = ({ title, summary, parts }: Inspection): string =>
  [
    title,
    summary,
    ...parts.map((part) => [`\n${part.title}`, wrapped(part.text), ...part.tables.map(tableText)].filter(Boolean).join('\n')),
  ].join('\n')

const wrapped = (text: string): string => (text === '' ? '' : `  ${text}`)

const tableText = ({ columns, rows }: DataTable): string => {
  const lines = [columns.map(({ name }) => name), ...rows]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  const aligned = (cell: string, at: number) =>
    columns[at]?.kind === 'number' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)
  return lines.map((line) => `  ${line.map(aligned).join('  ')}`.trimEnd()).join('\n')
}
