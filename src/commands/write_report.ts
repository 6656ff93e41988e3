import { basename, extname, join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { renderReport } from '../report/render_report.ts'
import type { Study as ReportedStudy, StudyRun } from '../report/study.ts'
import { summarize } from '../report/summarize.ts'
import { readRecord, writeWhole } from '../run/store.ts'
import type { Study } from './study.ts'

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** The command that makes one run again. */
const commandOf = ({ path, profile }: Study['recipe'], { cell, seed }: PlannedRun): string => {
  const only = Object.entries(cell).flatMap(([axis, value]) => ['--only', `${axis}=${value}`])
  return ['npx', 'ferment', 'run', path, '--profile', profile?.name ?? 'none', ...only, '--seed', String(seed)].map(quoted).join(' ')
}

/** A run as it stands now: its record knows better than the plan made before it. */
const reportedRun = (recipe: Study['recipe'], run: PlannedRun, record: RunRecord | undefined): StudyRun => {
  const { id, cell, seed, state, reason: skipped } = run
  const reason = skipped ?? record?.error
  return { id, cell, seed, state: record?.status ?? state, command: commandOf(recipe, run), ...(reason === undefined ? {} : { reason }) }
}

/** Renders the report of a study from the records of its runs. The file's name goes to standard output, what is in it to standard error. */
export const writeReport = async ({ recipe, runs }: Study, { store, out }: { store: string; out?: string | undefined }): Promise<void> => {
  const found = await Promise.all(runs.map(({ id }) => readRecord(store, id)))
  const records = new Map(found.flatMap((record) => (record ? [[record.id, record]] : [])))
  const { about, path, profile, axes, tables, charts } = recipe
  const reported = runs.map((run) => reportedRun(recipe, run, records.get(run.id)))
  const study: ReportedStudy = { about, recipe: path, profile, axes, tables, charts, runs: reported }
  const file = out ?? join('reports', `${basename(path, extname(path))}.html`)
  await writeWhole(file, await renderReport({ study, records, now: new Date() }))
  process.stderr.write(`\n${summarize(study, records).join('\n')}\n\nThe report, with tables, curves, confusion matrices and provenance:\n`)
  console.log(file)
}
