import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Finding } from '../finding.ts'
import { command, prose } from './html.ts'

const TITLES: Record<Finding['kind'], string> = {
  not_comparable: 'Not comparable with published results',
  missing: 'Not everything was run',
  note: 'To know',
  complete: 'Complete',
}

/** More names than this are folded away. */
const MANY_CELLS = 6

/** What is not comparable and what is missing, above everything else. */
export const banner = (findings: readonly Finding[]): Element[] => {
  const kinds = (Object.keys(TITLES) as Finding['kind'][]).filter((kind) => findings.some((finding) => finding.kind === kind))
  return kinds.map((kind) =>
    h(
      'aside',
      { className: ['banner', kind], ariaLabelledBy: [`banner-${kind}`] },
      h('h2', { id: `banner-${kind}` }, TITLES[kind]),
      h('ul.findings', findings.filter((finding) => finding.kind === kind).map(item)),
    ),
  )
}

const item = ({ title, text, cells, command: toType }: Finding): Element =>
  h(
    'li',
    h('strong', title),
    text === '' ? null : h('p', ...prose(text)),
    ...cellList(cells),
    toType === null ? null : h('p.do', 'To do: ', command(toType)),
  )

const cellList = (cells: readonly string[]): Element[] => {
  if (cells.length === 0) return []
  const list = h(
    'ul.cells',
    cells.map((label) => h('li', label)),
  )
  return [cells.length > MANY_CELLS ? h('details', h('summary', `${cells.length} cells`), list) : list]
}
