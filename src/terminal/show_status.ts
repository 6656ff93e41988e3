import { setTimeout } from 'node:timers/promises'
import { printableJson, printableLine } from '../printable.ts'
import { listRuns } from '../run/list_runs.ts'
import { type LookedAt, lookAtRun } from '../run/look_at_run.ts'
import { placeText, standText, stateText } from './run_line.ts'
import { textTable } from './text_table.ts'

const WATCH_MS = 2000
const ORDER: readonly LookedAt['state'][] = ['running', 'failed', 'damaged', 'foreign', 'interrupted', 'begun', 'done']

export const showStatus = async (store: string, format: 'text' | 'json'): Promise<void> => {
  const runs = await lookAtStore(store)
  console.log(format === 'json' ? printableJson(runs.map(plain)) : statusText(store, runs))
}

const lookAtStore = async (store: string): Promise<LookedAt[]> => Promise.all((await listRuns(store)).map((id) => lookAtRun(store, id)))

/** For programs: the record itself is left out, as `ferment runs show` prints it. */
const plain = ({ record, ...run }: LookedAt) => ({ ...run, evaluation: record?.evaluation ?? null })

/** How the runs of a store stand, by study: those first that need a look. */
const statusText = (store: string, runs: readonly LookedAt[]): string => {
  if (runs.length === 0) return `No runs in ${printableLine(store)}.`
  return [...grouped(runs)].map(([title, own]) => section(title, own)).join('\n\n')
}

const grouped = (runs: readonly LookedAt[]): Map<string, LookedAt[]> => {
  const groups = new Map<string, LookedAt[]>()
  for (const run of runs) {
    const title = run.study?.title ?? 'Of an unknown study'
    groups.set(title, [...(groups.get(title) ?? []), run])
  }
  return groups
}

const section = (title: string, runs: readonly LookedAt[]): string => {
  const sorted = [...runs].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || placeText(a).localeCompare(placeText(b)))
  const rows = sorted.map((run) => [`  ${run.id.slice(0, 8)}`, placeText(run), stateText(run), standText(run)])
  return `${printableLine(title)}: ${counts(runs)}\n${textTable(rows, () => false)}`
}

const counts = (runs: readonly LookedAt[]): string =>
  ORDER.flatMap((state) => {
    const own = runs.filter((run) => run.state === state)
    return own[0] ? [`${own.length} ${stateText(own[0])}`] : []
  }).join(', ')

export const watchStatus = async (store: string): Promise<never> => {
  const { createLogUpdate } = await import('log-update')
  const update = createLogUpdate(process.stdout)
  for (;;) {
    update(statusText(store, await lookAtStore(store)))
    await setTimeout(WATCH_MS)
  }
}
