import type { EngineKind } from '../plan/estimate.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { duration } from './progress.ts'

type ProfilePlan = { name: string | null; runs: readonly PlannedRun[] }

/** What is left to do of a profile. `seconds`: of the runs that would start now. */
export type Total = { profile: string | null; runs: number; done: number; skipped: number; seconds: number }

export const profileTotals = (plans: readonly ProfilePlan[]): Total[] =>
  plans.map(({ name, runs }) => {
    const in_ = (state: PlannedRun['state']) => runs.filter((run) => run.state === state).length
    const open = runs.filter(({ state }) => state === 'to_do' || state === 'failed')
    return {
      profile: name,
      runs: runs.length,
      done: in_('done'),
      skipped: in_('skipped'),
      seconds: open.reduce((sum, { estimate }) => sum + estimate.seconds, 0),
    }
  })

const states: Record<PlannedRun['state'], string> = { done: 'done', failed: 'failed', to_do: 'to do', skipped: 'skipped' }

/** The plan as a table for people: a line a run, why some are skipped, and what each profile would take. */
export const planTable = ({ chosen, totals, engine }: { chosen: ProfilePlan; totals: readonly Total[]; engine: EngineKind }): string => {
  const axes = Object.keys(chosen.runs[0]?.cell ?? {})
  const head = ['id', ...axes, 'seed', 'parameters', 'steps', 'time', 'state']
  const rows = chosen.runs.map(({ id, cell, seed, parameters, steps, estimate, state }) => [
    id,
    ...Object.values(cell),
    String(seed),
    parameters.toLocaleString('en'),
    steps.toLocaleString('en'),
    state === 'done' ? '' : `${duration(estimate.seconds)}${estimate.from === 'formula' ? ' ?' : ''}`,
    states[state],
  ])
  const right = new Set(['seed', 'parameters', 'steps', 'time'])
  const reasons = [...new Set(chosen.runs.flatMap(({ reason }) => reason ?? []))]
  const guessed = chosen.runs.some(({ state, estimate }) => state !== 'done' && estimate.from === 'formula')
  const device = `${engine.name} engine, ${engine.gpu ? 'GPU' : `${engine.cores} cores`}`
  return [
    textTable([head, ...rows], (column) => right.has(head[column] ?? '')),
    '',
    ...reasons.map((reason) => `Skipped: ${reason}`),
    ...totals.map((total) => totalLine(total)),
    `Times are for one run after another on this machine (${device})${guessed ? '; those with ? are computed from the network, without an earlier run to go by' : ''}.`,
  ].join('\n')
}

const totalLine = ({ profile, runs, done, skipped, seconds }: Total): string => {
  const parts = [`${runs} runs`, ...(done > 0 ? [`${done} done`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])]
  const left = runs - done - skipped
  return `${profile === null ? 'Recipe as written' : `Profile ${profile}`}: ${parts.join(', ')}${left > 0 ? `; about ${duration(seconds)} for the other ${left}` : '; nothing left to run'}.`
}

const textTable = (rows: readonly (readonly string[])[], isRight: (column: number) => boolean): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => (isRight(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}
