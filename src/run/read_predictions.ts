import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { csvParseRows } from 'd3-dsv'
import type { RunRecord } from '../../schema/record.ts'
import { runFiles } from './store.ts'

export type ReadPrediction = { row: number; label: number; probabilities: number[] }

/**
 * What a run has predicted for each image of its test set under one set of weights, in the order of the test set; empty where it was not
 * evaluated, or where the file is gone.
 */
export const readPredictions = (store: string, record: RunRecord, weights: 'last' | 'best'): Promise<ReadPrediction[]> =>
  predictionsBeside(runFiles(store, record.id).dir, record, weights)

/** The same of a record whose folder is named otherwise. */
export const predictionsBeside = async (dir: string, { evaluation }: RunRecord, weights: 'last' | 'best'): Promise<ReadPrediction[]> => {
  const name = evaluation?.[weights]?.predictions
  if (name === undefined) return []
  const file = join(dir, basename(name))
  const bytes = await readFile(file).catch(() => Buffer.alloc(0))
  const text = (name.endsWith('.gz') && bytes.length > 0 ? gunzipSync(bytes) : bytes).toString('utf8')
  return csvParseRows(text)
    .slice(1)
    .map(([row, label, ...probabilities]) => ({ row: Number(row), label: Number(label), probabilities: probabilities.map(Number) }))
}
