import type { EngineKind } from '../plan/estimate.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { printable, printableLine } from '../printable.ts'
import { duration } from './duration.ts'
import { textTable } from './text_table.ts'

type ProfilePlan = { name: string | null; runs: readonly PlannedRun[] }

/** What is left to do of a profile. `seconds`: of the runs that would start now. */
export type Total = {
  profile: string | null
  runs: number
  done: number
  published: number
  skipped: number
  seconds: number
  /** Bytes that these runs leave on disk, and the most while they are made one after another. */
  disk: { kept: number; peak: number }
}

export const profileTotals = (plans: readonly ProfilePlan[]): Total[] =>
  plans.map(({ name, runs }) => {
    const in_ = (state: PlannedRun['state']) => runs.filter((run) => run.state === state).length
    const open = runs.filter(({ state }) => state === 'to_do' || state === 'failed')
    return {
      profile: name,
      runs: runs.length,
      done: in_('done'),
      published: in_('published'),
      skipped: in_('skipped'),
      seconds: open.reduce((sum, { estimate }) => sum + estimate.seconds, 0),
      disk: diskOf(open),
    }
  })

const diskOf = (open: readonly PlannedRun[]): Total['disk'] => {
  const kept = open.reduce((sum, { disk }) => sum + disk.kept, 0)
  return { kept, peak: kept + Math.max(0, ...open.map(({ disk }) => disk.peak - disk.kept)) }
}

type PlanShown = {
  chosen: ProfilePlan
  totals: readonly Total[]
  engine: EngineKind
  /** Of this checkout; null where it is none. */
  commit: string | null
}

/** The plan as a table for people: a line a run, why some are skipped, and what each profile would take. */
export const planTable = ({ chosen, totals, engine, commit }: PlanShown): string => {
  const axes = Object.keys(chosen.runs[0]?.cell ?? {})
  const head = ['id', ...axes, 'seed', 'parameters', 'steps', 'time', 'state']
  const rows = chosen.runs.map((run) => [
    run.id,
    ...Object.values(run.cell),
    String(run.seed),
    run.parameters.toLocaleString('en'),
    run.steps.toLocaleString('en'),
    isMade(run.state) ? '' : `${duration(run.estimate.seconds)}${marks[run.estimate.from]}`,
    stateText(run, commit),
  ])
  const right = new Set(['seed', 'parameters', 'steps', 'time'])
  const reasons = [...new Set(chosen.runs.flatMap(({ reason }) => reason ?? []))]
  const sources = new Set(chosen.runs.flatMap(({ state, estimate }) => (isMade(state) ? [] : [estimate.from])))
  const device = `${engine.name} engine, ${engine.gpu ? 'GPU' : `${engine.cores} cores`}`
  return [
    textTable(
      [head, ...rows].map((row) => row.map(printableLine)),
      (column) => right.has(head[column] ?? ''),
    ),
    '',
    ...reasons.map((reason) => printable(`Skipped: ${reason}`)),
    ...totals.map((total) => totalLine(total)),
    ...(sources.size === 0 ? [] : [`Times are for one run after another on this machine (${device}):`]),
    ...[...sources].map((from) => `  ${origins[from]}`),
  ].join('\n')
}

const marks: Record<PlannedRun['estimate']['from'], string> = { records: '', steps: ' *', measured: ' ~', formula: ' ?' }
const origins: Record<PlannedRun['estimate']['from'], string> = {
  records: '  by earlier runs of the same network',
  steps: '* by steps of the same network that were timed here',
  measured: '~ by its size and the speed of other networks here; --measure times steps of its own',
  formula: '? by its size alone, as nothing was timed here yet; --measure does',
}

const states: Record<PlannedRun['state'], string> = {
  done: 'done',
  published: 'published',
  failed: 'failed',
  to_do: 'to do',
  skipped: 'skipped',
}
const COMMIT_DIGITS = 8

/** Whether there is a result already. */
const isMade = (state: PlannedRun['state']): boolean => state === 'done' || state === 'published'

/** What is done, with the commit it was made by where that is another than this checkout's; what is not, with where it goes on. */
const stateText = ({ state, commit, goesOnFrom }: PlannedRun, current: string | null): string => {
  if (isMade(state) && commit && commit !== current) return `${states[state]} (at ${commit.slice(0, COMMIT_DIGITS)})`
  return goesOnFrom ? `${states[state]}, goes on from epoch ${goesOnFrom.epoch}` : states[state]
}

const totalLine = ({ profile, runs, done, published, skipped, seconds, disk }: Total): string => {
  const parts = [
    `${runs} ${runs === 1 ? 'run' : 'runs'}`,
    ...(done > 0 ? [`${done} done`] : []),
    ...(published > 0 ? [`${published} published`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]
  const left = runs - done - published - skipped
  return `${profile === null ? 'Recipe as written' : `Profile ${printableLine(profile)}`}: ${parts.join(', ')}${left > 0 ? `; about ${duration(seconds)} for ${left === runs ? (runs === 1 ? 'it' : 'them') : `the other ${left}`}, ${megabytes(disk.kept)} on disk (${megabytes(disk.peak)} while they go on)` : '; nothing left to run'}.`
}

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString('en')} MB`
