import type { Element } from 'hast'
import { h } from 'hastscript'
import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'
import type { Item } from '../checklist.ts'
import { number, text } from '../data_table.ts'
import { count, duration, fixed, NONE } from '../format.ts'
import type { ReportedStudy } from '../study.ts'
import { dataTable } from './data_table.ts'
import { type Child, command, commandLine, folded, jsonScript, scrolling, section } from './html.ts'
import { provenance } from './provenance.ts'

const STATES = { done: 'done', failed: 'failed', skipped: 'skipped', to_do: 'not run yet' } as const
/** More runs than this are folded away. */
const MANY_RUNS = 30

/** Can I check it? Commands, every run, where the numbers come from, the field's checklist, and the same facts for machines. */
export const checkSection = (
  study: ReportedStudy,
  cells: readonly Cell[],
  { items, facts }: { items: readonly Item[]; facts: object },
): Element =>
  section(
    'check',
    'Can I check it?',
    h('p', 'Everything above is computed from the records of the runs, without the network and without the training libraries.'),
    ...commands(study, cells),
    ...(cells.length === 0 ? [] : [runsTable(cells)]),
    ...provenance(cells),
    ...checklistTable(items),
    h('p.note', 'The same facts for machines: the JSON of the element with the id “facts”, in this file’s source.'),
    jsonScript(JSON.stringify(facts), { id: 'facts' }),
  )

const commands = (study: ReportedStudy, cells: readonly Cell[]): Element[] => {
  const profile = study.profile?.name ?? 'none'
  const missing = study.runs.filter(({ state }) => state === 'to_do' || state === 'failed')
  return [
    commandLine(
      `npx ferment run ${study.recipe} --profile ${profile} --report`,
      missing.length === study.runs.length || missing.length === 0 ? 'every run, and this page' : 'the runs that are missing',
    ),
    commandLine(`npx ferment report ${study.recipe} --profile ${profile}`, 'this page from the records'),
    ...(cells.length === 0
      ? []
      : [folded('The exact command of each run', scrolling('The exact command of each run', commandsTable(cells)))]),
  ]
}

const commandsTable = (cells: readonly Cell[]): Element =>
  h(
    'table',
    h('caption.unseen', 'The exact command of each run'),
    h(
      'thead',
      h(
        'tr',
        h('th', { scope: 'col' }, 'cell'),
        h('th.n', { scope: 'col' }, 'seed'),
        h('th', { scope: 'col' }, 'state'),
        h('th', { scope: 'col' }, 'command'),
      ),
    ),
    ...cells.map((cell) => h('tbody', commandRows(cell))),
  )

const commandRows = (cell: Cell): Element[] =>
  cell.runs.map((run, index) =>
    h(
      'tr',
      ...(index === 0 ? [h('th', { scope: 'rowgroup', rowSpan: cell.runs.length }, cell.label)] : []),
      h('td.n', String(run.seed)),
      h('td', `${STATES[run.state]}${run.published ? ' (published)' : ''}`),
      h('td', command(run.command)),
    ),
  )

const runsTable = (cells: readonly Cell[]): Child => {
  const rows = cells.flatMap((cell) =>
    cell.runs.map((run) => {
      const record = cell.records.find(({ id }) => id === run.id)
      return record === undefined
        ? [
            run.id,
            cell.label,
            String(run.seed),
            STATES[run.state === 'done' ? 'to_do' : run.state],
            NONE,
            NONE,
            NONE,
            timeLeft(run.seconds),
          ]
        : doneRow(cell.label, record)
    }),
  )
  const columns = [
    text('run'),
    text('cell'),
    number('seed'),
    text('state'),
    number('last, %'),
    number('best, %'),
    number('epochs'),
    number('time'),
  ]
  const table = dataTable({ caption: 'Every run', columns, rows })
  return rows.length > MANY_RUNS ? folded(`Every one of the ${rows.length} runs`, table) : table
}

const timeLeft = (seconds: number | undefined): string => (seconds === undefined ? NONE : `about ${duration(seconds)}`)

const doneRow = (label: string, { id, seed, evaluation, history = [], provenance: { seconds } }: RunRecord): string[] => [
  id,
  label,
  String(seed),
  'done',
  share(evaluation?.last?.accuracy),
  share(evaluation?.best?.accuracy),
  count(history.length),
  duration(seconds),
]

const share = (value: number | undefined): string => (value === undefined ? NONE : fixed(100 * value, 2))

const checklistTable = (items: readonly Item[]): Element[] => {
  if (items.every(({ answer }) => answer === null)) return []
  return [
    dataTable({
      caption: 'Machine Learning Reproducibility Checklist, answered from the records',
      columns: [text('item'), text('part'), text('answer')],
      rows: items.map(({ part, item, answer }) => [item, part, answer ?? 'not answered: nothing was run']),
    }),
    h('p.note', 'After version 2.0 of the checklist (Pineau et al. 2021, JMLR 22:164), its items about experiments.'),
  ]
}
