import { join } from 'node:path'
import { formats } from '../report/tidy/formats.ts'
import { type Prediction, tidyTables } from '../report/tidy/tables.ts'
import { listRuns } from '../run/list_runs.ts'
import { type FoundRecord, findRecord, PUBLISHED } from '../run/published.ts'
import { readPredictions } from '../run/read_predictions.ts'
import { writeWhole } from '../write_whole.ts'
import { openStudy } from './study.ts'
import type { StudyOptions } from './study_options.ts'

type Options = StudyOptions & { out: string; format?: 'csv' | 'parquet' }

/** Writes the tables of a recipe's runs, or of all runs of a store. @returns the files, in order */
export const writeTables = async (recipe: string | undefined, options: Options): Promise<string[]> => {
  const { store, out, format } = options
  const found = (await Promise.all((await idsOf(recipe, options)).map((id) => findRecord(store, id)))).filter((one) => one !== null)
  const predictions = (await Promise.all(found.map((one) => predictionsOf(store, one)))).flat()
  const tables = tidyTables(
    found.map(({ record }) => record),
    predictions,
  )
  const endings = format === undefined ? (['csv', 'parquet'] as const) : [format]
  const files: string[] = []
  for (const [name, table] of Object.entries(tables))
    for (const ending of endings) {
      const file = join(out, `${name}.${ending}`)
      await writeWhole(file, formats[ending](table))
      files.push(file)
    }
  console.error(`${found.length} ${found.length === 1 ? 'run' : 'runs'}, ${predictions.length.toLocaleString('en')} predictions.`)
  return files
}

const idsOf = async (recipe: string | undefined, options: StudyOptions): Promise<string[]> => {
  if (recipe === undefined) return listRuns(options.store)
  const { runs } = await openStudy(recipe, options, (text) => console.error(text))
  return runs.map(({ id }) => id)
}

const predictionsOf = async (store: string, { record, from }: FoundRecord): Promise<Prediction[]> => {
  const both = (['last', 'best'] as const).map(async (weights) => {
    const predictions = await readPredictions(from === 'own' ? store : PUBLISHED, record, weights)
    return predictions.map((one) => ({ record, weights, ...one }))
  })
  return (await Promise.all(both)).flat()
}
