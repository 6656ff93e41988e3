import { basename, extname, join } from 'node:path'
import diff from 'microdiff'
import type { Spec } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
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

const cellKey = (cell: PlannedRun['cell']): string => JSON.stringify(Object.entries(cell).sort())

/** Specs of the recipe as written, without profile and `--set`, by cell. */
const specsAsWritten = async (path: string): Promise<ReadonlyMap<string, Spec>> => {
  const loaded = await loadRecipe(path)
  return new Map(loaded.ok ? loaded.recipe.cells.map(({ cell, spec }) => [cellKey(cell), spec]) : [])
}

/** Dotted paths in which a spec differs from the one written; where the data lies does not count. */
export const changedPaths = (spec: Spec, written: Spec | undefined): string[] => {
  if (!written) return ['matrix']
  const paths = diff(written, spec).map(({ path }) => path.join('.'))
  return [...new Set(paths)].filter((path) => path !== 'dataset.path')
}

/** A run as it stands now: its record knows better than the plan made before it. */
const reportedRun = (
  recipe: Study['recipe'],
  run: PlannedRun,
  { record, written }: { record?: RunRecord | undefined; written: Spec | undefined },
): StudyRun => {
  const { id, cell, seed, spec, state, reason: skipped } = run
  const reason = skipped ?? record?.error
  const changed = changedPaths(spec, written)
  const stated = { state: record?.status ?? state, command: commandOf(recipe, run), changed }
  return { id, cell, seed, ...stated, ...(reason === undefined ? {} : { reason }) }
}

/** Renders the report of a study from the records of its runs. The file's name goes to standard output, what is in it to standard error. */
export const writeReport = async ({ recipe, runs }: Study, { store, out }: { store: string; out?: string | undefined }): Promise<void> => {
  const found = await Promise.all(runs.map(({ id }) => readRecord(store, id)))
  const records = new Map(found.flatMap((record) => (record ? [[record.id, record]] : [])))
  const { about, path, profile, axes, tables, charts } = recipe
  const specs = await specsAsWritten(path)
  const reported = runs.map((run) => reportedRun(recipe, run, { record: records.get(run.id), written: specs.get(cellKey(run.cell)) }))
  const study: ReportedStudy = { about, recipe: path, profile, axes, tables, charts, runs: reported }
  const file = out ?? join('reports', `${basename(path, extname(path))}.html`)
  await writeWhole(file, await renderReport({ study, records, now: new Date() }))
  process.stderr.write(`\n${summarize(study, records).join('\n')}\n\nThe report, with tables, curves, confusion matrices and provenance:\n`)
  console.log(file)
}
