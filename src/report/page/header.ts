import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Cell } from '../cells.ts'
import { type ComparedTable, tallyOf } from '../compare.ts'
import { minute, plural } from '../format.ts'
import type { Study } from '../study.ts'
import { type Child, prose } from './html.ts'

const fact = (name: string, value: Child, detail: string): Element => h('div', h('dt', name), h('dd', value, ' ', h('small', detail)))

const measuredFact = (cells: readonly Cell[]): Element => {
  const whole = cells.filter(({ absent }) => absent.length === 0).length
  const runs = cells.reduce((sum, cell) => sum + cell.runs.length, 0)
  return fact('Cells complete', `${whole} of ${cells.length}`, plural(runs, 'run'))
}

const rest = (differ: number, open: number, none: number): string =>
  [
    differ > 0 ? `${differ} ${differ === 1 ? 'differs' : 'differ'}` : '',
    open > 0 ? `${open} open` : '',
    none > 0 ? `${none} without verdict` : '',
  ]
    .filter((one) => one !== '')
    .join(', ')

/** How many claims agree; left out where no verdict could be given. */
const verdictFacts = (tables: readonly ComparedTable[]): Element[] => {
  const { claims, agrees, differs, open, not_comparable, not_run } = tallyOf(tables)
  if (agrees + differs + open === 0) return []
  return [fact('Claims that agree', `${agrees} of ${claims}`, rest(differs, open, not_comparable + not_run))]
}

/** Title, source, description, and the study in a few numbers. */
export const header = (study: Study, cells: readonly Cell[], tables: readonly ComparedTable[], now: Date | null): Element => {
  const { about, recipe, profile } = study
  const dated = now === null ? '' : `, rendered ${minute(now.toISOString())}`
  return h(
    'header',
    h('p.eyebrow', 'ferment report'),
    h('h1', about.title),
    about.source === undefined ? null : h('p.source', 'After ', ...prose(about.source)),
    about.description === undefined ? null : h('p.description', ...prose(about.description)),
    h('p.meta', 'Recipe ', h('code', recipe), profile === null ? '' : `, profile ${profile.name}`, dated),
    cells.length === 0 ? null : h('dl.glance', measuredFact(cells), ...verdictFacts(tables)),
  )
}
