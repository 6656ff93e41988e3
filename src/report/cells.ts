import type { Where } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { type Obstacle, obstaclesOf } from './comparability.ts'
import { NBSP, words } from './format.ts'
import type { ReportedStudy, StudyRun } from './study.ts'

/** Records by the id of their run. */
export type Records = ReadonlyMap<string, RunRecord>

/** Runs of a cell that left no result, for one reason. */
export type Absence = {
  state: 'failed' | 'skipped' | 'to_do'
  /** With the command that helps, in backticks; null where the state says it all. */
  reason: string | null
  runs: readonly StudyRun[]
}

/** One combination of the matrix with all its seeds. */
export type Cell = {
  values: Readonly<Record<string, string>>
  /** `My CNN · augmentation No · batch size 4`. */
  label: string
  runs: readonly StudyRun[]
  /** Of the runs that are done, in the order of `runs`. */
  records: readonly RunRecord[]
  absent: readonly Absence[]
  /** Why what was measured says nothing about the paper. */
  obstacles: readonly Obstacle[]
}

/** Values that say nothing without the name of their axis. */
const NEEDS_AXIS = /^([\d.+-]+(e[+-]?\d+)?|yes|no|on|off|true|false|none|default)$/i

/** Between the parts of a label. */
const SEPARATOR = ' · '

/** Axis values for people: bare words alone, numbers and yes/no with the name of their axis and not to be parted from it. */
export const labelOf = (values: Where): string => {
  const parts = Object.entries(values).map(([axis, value]) =>
    NEEDS_AXIS.test(String(value)) ? `${words(axis)} ${value}`.replaceAll(' ', NBSP) : String(value),
  )
  return parts.length === 0 ? 'the recipe as written' : parts.join(SEPARATOR)
}

/** Whether a cell has the values asked for; numbers and booleans of a recipe are compared as their text. */
export const matches = (values: Readonly<Record<string, string>>, where: Where = {}): boolean =>
  Object.entries(where).every(([axis, value]) => values[axis] === String(value))

/** Items that have the same key, in the order in which keys first occur. */
export const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}

/** The study's cells in the order of its runs. */
export const cellsOf = (study: Pick<ReportedStudy, 'runs'>, records: Records): Cell[] =>
  groupedBy(study.runs, (run) => JSON.stringify(run.cell)).map((runs) => {
    const values = runs[0]?.cell ?? {}
    const done = runs.flatMap((run) => {
      const record = records.get(run.id)
      return isDone(record) ? [{ run, record }] : []
    })
    return {
      values,
      label: labelOf(values),
      runs,
      records: done.map(({ record }) => record),
      absent: absentOf(runs, records),
      obstacles: [...new Set(done.flatMap(({ run, record }) => obstaclesOf(run, record)))],
    }
  })

const isDone = (record: RunRecord | undefined): record is RunRecord => record?.status === 'done'

const absentOf = (runs: readonly StudyRun[], records: Records): Absence[] => {
  const absent = runs.filter((run) => !isDone(records.get(run.id))).map((run) => ({ run, why: reasonOf(run, records.get(run.id)) }))
  return groupedBy(absent, ({ why }) => JSON.stringify(why)).flatMap((group) =>
    group[0] === undefined ? [] : [{ ...group[0].why, runs: group.map(({ run }) => run) }],
  )
}

const reasonOf = (run: StudyRun, record: RunRecord | undefined): Omit<Absence, 'runs'> => {
  if (run.state === 'done') return { state: 'to_do', reason: 'Its record is missing or cannot be read.' }
  return { state: run.state, reason: run.reason ?? record?.error ?? null }
}
