import { readFile } from 'node:fs/promises'
import { stringify } from 'yaml'
import { EXIT } from '../exit_status.ts'
import { printable, printableJson, printableLine } from '../printable.ts'
import { exportRuns, type Imported, importRuns } from '../run/archive.ts'
import { clearStore, removeRun } from '../run/clear_store.ts'
import { findRun } from '../run/find_run.ts'
import { listRuns } from '../run/list_runs.ts'
import { lookAtRun } from '../run/look_at_run.ts'
import { runFiles } from '../run/store.ts'
import { duration } from '../terminal/duration.ts'
import { accuracyText, placeText, stateText } from '../terminal/run_line.ts'
import { textTable } from '../terminal/text_table.ts'

export const list = async (store: string, format: 'text' | 'json'): Promise<void> => {
  const runs = await Promise.all((await listRuns(store)).map((id) => lookAtRun(store, id)))
  if (format === 'json') return console.log(printableJson(runs.map(({ progress: _progress, ...run }) => run)))
  const rows = runs.map((run) => {
    const { id, study, record, bytes } = run
    const time = record ? duration(record.provenance.seconds) : ''
    return [id, printableLine(study?.title ?? ''), placeText(run), stateText(run), accuracyText(run), time, size(bytes)]
  })
  const head = ['id', 'study', 'run', 'state', 'test accuracy', 'time', 'size']
  console.log(textTable([head, ...rows], (column) => column > 4))
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

export const show = async (store: string, start: string, format: 'text' | 'json'): Promise<void> => {
  const id = await findRun(store, start)
  const run = await lookAtRun(store, id)
  if (format === 'json') return console.log(printableJson(run))
  const { record, progress, why, ...about } = run
  const { history, spec, ...rest } = record ?? {}
  const last = history?.at(-1)
  const shown = {
    ...about,
    ...(why ? { why } : {}),
    ...(progress ? { progress } : {}),
    ...(last ? { last_epoch: last } : {}),
    ...rest,
    ...(spec ? { spec } : {}),
  }
  console.log(printable(stringify(shown, { lineWidth: 120, aliasDuplicateObjects: false }).trimEnd()))
}

export const log = async (store: string, start: string): Promise<void> => {
  const id = await findRun(store, start)
  const text = await readFile(runFiles(store, id).log, 'utf8').catch(() => '')
  process.stdout.write(printable(text))
  if (text === '') console.error(`The run ${id} has written nothing.`)
}

export const remove = async (store: string, starts: readonly string[]): Promise<void> => {
  for (const id of await found(store, starts)) {
    await removeRun(store, id)
    console.log(id)
  }
}

const found = (store: string, starts: readonly string[]) => Promise.all(starts.map((start) => findRun(store, start)))

export const collect = async (store: string, dry: boolean): Promise<void> => {
  const cleared = await clearStore(store, { dry })
  for (const { path, bytes } of cleared) console.log(`${printableLine(path)}  ${size(bytes)}`)
  const bytes = cleared.reduce((sum, one) => sum + one.bytes, 0)
  console.error(cleared.length === 0 ? 'Nothing is needless.' : `${size(bytes)} ${dry ? 'would be' : 'were'} freed.`)
}

export const exportTo = async (store: string, starts: readonly string[], out: string): Promise<void> => {
  const ids = starts.length === 0 ? await listRuns(store) : await found(store, starts)
  await exportRuns(store, ids, out)
  console.log(out)
  console.error(`${ids.length} ${ids.length === 1 ? 'run' : 'runs'}. On the other machine: npx ferment runs import ${printableLine(out)}`)
}

const DID: Record<Imported['did'], string> = {
  imported: 'imported',
  kept: 'is as far here already',
  busy: 'is being made here: left alone',
  refused: 'refused',
}

export const importFrom = async (store: string, file: string): Promise<void> => {
  const imported = await importRuns(store, file)
  for (const { id, did, why } of imported) console.log(printableLine(`${id}  ${DID[did]}${why === undefined ? '' : `: ${why}`}`))
  if (imported.some(({ did }) => did === 'refused')) process.exitCode = EXIT.wrongInput
}
