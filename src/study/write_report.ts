import diff from 'microdiff'
import type { Spec } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { printable, printableLine } from '../printable.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import { type ReportInput, renderReport } from '../report/render_report.ts'
import type { ReportedStudy, StudyRun } from '../report/study.ts'
import { summarize } from '../report/summarize.ts'
import { type TablesFormat, tablesText } from '../report/tables_text.ts'
import { type FoundRecord, findRecord, PUBLISHED, readPublished } from '../run/published.ts'
import { readVerified, type Verified } from '../run/verify/verified.ts'
import { writeWhole } from '../write_whole.ts'
import { commandOf } from './command_of.ts'
import { reportFile } from './report_file.ts'
import { storedPredictions } from './stored_predictions.ts'
import type { Study } from './study.ts'
import type { StudyOptions } from './study_options.ts'
import { writeIndex } from './write_index.ts'

/** Dotted paths in which a spec differs from the one written; where the data lies does not count. */
export const changedPaths = (spec: Spec, written: Spec | undefined): string[] => {
  if (!written) return ['matrix']
  // `units: classes` is a number by then.
  const changed = diff(written, spec).filter((one) => !('oldValue' in one && one.oldValue === 'classes'))
  const paths = changed.map(({ path }) => path.join('.'))
  return [...new Set(paths)].filter((path) => path !== 'dataset.path')
}

/**
 * Renders the report of a study from the records of its runs, and lists it in the index of its folder. The file's name goes to standard output, what
 * is in it to standard error.
 */
export const writeReport = async (study: Study, options: ReportOptions): Promise<void> => {
  const report = await reportOf(study, options)
  const file = options.out ?? (await reportFile(study.recipe.path))
  await writeWhole(file, await renderReport(report))
  await writeIndex(file)
  process.stderr.write(
    `\n${printable(summarize(report.study, report.records).join('\n'))}\n\nThe report, with tables, curves, confusion matrices and provenance:\n`,
  )
  tell(file)
}

/** A study with the records of its runs, ready to be rendered. */
const reportOf = async ({ recipe, runs }: Study, options: ReportOptions): Promise<Required<ReportInput>> => {
  const found = await recordsOf(runs, options)
  const records = new Map([...found].map(([id, { record }]) => [id, record]))
  const { about, path, profile, axes, tables, charts } = recipe
  const specs = await specsAsWritten(path)
  const reported = await Promise.all(
    runs.map(async (run) => {
      const verified = options.from === undefined ? await readVerified(options.store, run.id) : null
      return reportedRun(run, { recipe, options, found: found.get(run.id), verified, written: specs.get(cellKey(run.cell)) })
    }),
  )
  const study: ReportedStudy = { about, recipe: path, profile, axes, tables, charts, runs: reported }
  const predictionsOf = await storedPredictions(found.values(), tables, { own: options.store, published: options.from ?? PUBLISHED })
  return { study, records, predictionsOf, now: options.from === undefined ? new Date() : newest(records.values()) }
}

type ReportOptions = Pick<StudyOptions, 'store' | 'set' | 'sweep'> & { out?: string; from?: string }

/** Records of the runs, by id: of one's own store and the published ones, or only of the folder that is named. */
const recordsOf = async (runs: readonly PlannedRun[], { store, from }: ReportOptions): Promise<ReadonlyMap<string, FoundRecord>> => {
  const found = await Promise.all(
    runs.map(async ({ id }) => [id, await (from === undefined ? findRecord(store, id) : readPublished(from, id))] as const),
  )
  return new Map(found.flatMap(([id, one]) => (one ? [[id, one]] : [])))
}

/** Specs of the recipe as written, without profile and `--set`, by cell. */
const specsAsWritten = async (path: string): Promise<ReadonlyMap<string, Spec>> => {
  const loaded = await loadRecipe(path)
  return new Map(loaded.ok ? loaded.recipe.cells.map(({ cell, spec }) => [cellKey(cell), spec]) : [])
}

const cellKey = (cell: PlannedRun['cell']): string => JSON.stringify(Object.entries(cell).sort())

type Known = {
  recipe: Study['recipe']
  options: ReportOptions
  found: FoundRecord | undefined
  verified: Verified | null
  written: Spec | undefined
}

/** A run as it stands now: its record knows better than the plan made before it. */
const reportedRun = (run: PlannedRun, { recipe, options, found, verified, written }: Known): StudyRun => {
  const { id, cell, seed, spec } = run
  const { record, from } = found ?? {}
  const state: StudyRun['state'] = run.state === 'skipped' ? 'skipped' : (record?.status ?? 'to_do')
  const reason = state === 'skipped' ? run.reason : record?.error
  const command = commandOf(recipe, run, options)
  const changed = changedPaths(spec, written)
  return {
    id,
    cell,
    seed,
    state,
    published: from === 'published',
    ...(verified ? { verified } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(record?.status === 'done' || run.estimate.seconds === 0 ? {} : { seconds: run.estimate.seconds }),
    command,
    changed,
  }
}

/** A report of published records is the same whenever it is rendered: it bears the date of the newest. */
const newest = (records: Iterable<RunRecord>): Date =>
  new Date(Math.max(0, ...[...records].map(({ provenance }) => Date.parse(provenance.finished_at))))

const tell = (file: string): void => console.log(process.stdout.isTTY ? printableLine(file) : file)

/** Writes the tables of a study's report as text, to a file or to standard output. */
export const writeReportTables = async (study: Study, format: TablesFormat, options: ReportOptions): Promise<void> => {
  const text = tablesText(await reportOf(study, options), format)
  if (options.out === undefined) return console.log(process.stdout.isTTY ? printable(text) : text)
  await writeWhole(options.out, `${text}\n`)
  tell(options.out)
}
