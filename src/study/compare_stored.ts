import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EXIT } from '../exit_status.ts'
import { printable, printableJson } from '../printable.ts'
import { type Problem, UserError, userError } from '../problem.ts'
import { NBSP } from '../report/format.ts'
import { inspectionPage, inspectionText } from '../report/inspection.ts'
import { condensed } from '../report/predictions.ts'
import { compareRuns, type RunToCompare } from '../report/run_comparison.ts'
import { comparisonPage } from '../report/run_comparison_page.ts'
import { findRun } from '../run/find_run.ts'
import { findRecord, PUBLISHED } from '../run/published.ts'
import { predictionsBeside } from '../run/read_predictions.ts'
import { checkRecord } from '../run/record_check.ts'
import { runFiles } from '../run/store.ts'
import { writeWhole } from '../write_whole.ts'

type Wanted = { store: string; format: 'text' | 'json'; html?: string }
type Found = { record: RunToCompare['record']; dir: string }

/**
 * Compares runs that are named by ids, their beginnings or files, and writes the page that is wanted.
 * @returns what is to be printed
 * @throws UserError `unknown_run`, `no_record`
 */
export const compareStored = async (words: readonly string[], { store, format, html }: Wanted): Promise<string> => {
  const runs = await Promise.all((await allFound(words, store)).map(toCompare))
  const comparison = compareRuns(runs)
  const page = comparisonPage(runs, comparison)
  if (html !== undefined) await writeWhole(html, await inspectionPage(page))
  if (format === 'text') return printable(inspectionText(page)).replaceAll(NBSP, ' ')
  const about = runs.map(({ name, record: { id, study, cell, seed, status } }) => ({ name, id, study, cell, seed, status }))
  return printableJson({ runs: about, ...comparison })
}

/** All that is wrong with the words at once. @throws UserError */
const allFound = async (words: readonly string[], store: string): Promise<Found[]> => {
  if (words.length < 2) throw noRecord('One run is nothing to compare.', 'Name two runs or more: npx ferment compare A B.')
  const settled = await Promise.allSettled(words.map((word) => found(word, store)))
  const problems = settled.flatMap((one): readonly Problem[] => {
    if (one.status === 'fulfilled') return []
    if (one.reason instanceof UserError) return one.reason.problems
    throw one.reason
  })
  if (problems.length > 0) throw new UserError(problems, EXIT.wrongUsage)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

const noRecord = (message: string, hint: string): UserError => userError({ code: 'no_record', message, hint }, EXIT.wrongUsage)

/** What a word names: a file of a record, a folder with one, or a run by its id. */
const found = async (word: string, store: string): Promise<Found> => {
  for (const file of [word, join(word, 'record.json')]) if (await isFile(file)) return fromFile(file)
  const looksLikeFile = basename(word) !== word || word.endsWith('.json')
  if (looksLikeFile) throw noRecord(`There is no file ${word}.`, 'Name runs by their ids, or by their files record.json.')
  return fromStores(store, word)
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (one) => one.isFile(),
    () => false,
  )

const fromFile = async (file: string): Promise<Found> => {
  const text = await readFile(file, 'utf8').catch(() => '')
  const checked = checkRecord(text, idIn(text))
  if (checked.is === 'record') return { record: checked.record, dir: dirname(file) }
  throw noRecord(
    `${file} is no record that can be compared: ${checked.why}.`,
    'A run keeps its record in the file record.json of its folder.',
  )
}

const idIn = (text: string): string => {
  try {
    return String((JSON.parse(text) as { id?: unknown } | null)?.id)
  } catch {
    return ''
  }
}

const fromStores = async (store: string, start: string): Promise<Found> => {
  const id = await findRun([store, PUBLISHED], start)
  const found = await findRecord(store, id)
  if (found === null) throw noRecord(`The run ${id} has no record yet.`, `npx ferment runs show ${id} says how it stands.`)
  return { record: found.record, dir: runFiles(found.from === 'own' ? store : PUBLISHED, id).dir }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const toCompare = async ({ record, dir }: Found, index: number): Promise<RunToCompare> => {
  const of = async (weights: 'last' | 'best') => condensed(await predictionsBeside(dir, record, weights).catch(() => []))
  const answers = { last: await of('last'), best: await of('best') }
  return { name: LETTERS[index] ?? `${index + 1}`, record, predictionsOf: (weights) => answers[weights] }
}
