import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { csvFormatRows, csvParseRows } from 'd3-dsv'
import type { RunRecord } from '../../schema/record.ts'
import { writeWhole } from '../write_whole.ts'
import { runFiles, writeRecord } from './store.ts'

type Evaluation = NonNullable<NonNullable<RunRecord['evaluation']>['last']>

/** Enough to tell any two apart that matter; float32 in full would be three times as large. */
const DECIMALS = 4

/**
 * Copies the record of a run that is done from a store to a folder of published records: predictions with probabilities to four decimals,
 * compressed; no weights. Records hold no image and no path of a machine.
 * @throws UserError `unwritable`
 */
export const publishRecord = async (record: RunRecord, { from, to }: { from: string; to: string }): Promise<void> => {
  const { id, evaluation = {} } = record
  const entries = await Promise.all(
    (['last', 'best'] as const).flatMap((which) => {
      const one = evaluation[which]
      return one ? [publishEvaluation(which, one, { from, to, id }).then((kept) => [which, kept] as const)] : []
    }),
  )
  await writeRecord(to, { ...record, evaluation: Object.fromEntries(entries) })
}

/** The predictions of one evaluation, rounded and compressed; weights are left where they are. */
const publishEvaluation = async (
  which: 'last' | 'best',
  evaluation: Evaluation,
  { from, to, id }: { from: string; to: string; id: string },
): Promise<Evaluation> => {
  const { weights: _, ...kept } = evaluation
  const text = rounded(await readFile(runFiles(from, id).predictions(which), 'utf8'))
  const name = `predictions-${which}.csv.gz`
  await writeWhole(`${runFiles(to, id).dir}/${name}`, gzipSync(text, { level: 9 }))
  return { ...kept, predictions: name }
}

const rounded = (table: string): string => {
  const [head = [], ...rows] = csvParseRows(table)
  const lines = rows.map(([row = '', label = '', ...probabilities]) => [
    row,
    label,
    ...probabilities.map((value) => String(Number(Number(value).toFixed(DECIMALS)))),
  ])
  return `${csvFormatRows([head, ...lines])}\n`
}
