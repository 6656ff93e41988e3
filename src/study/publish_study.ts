import { publishRecord } from '../run/publish.ts'
import { PUBLISHED } from '../run/published.ts'
import { readRecord } from '../run/store.ts'
import { openStudy } from './study.ts'
import { DEFAULT_STORE, type StudyOptions } from './study_options.ts'

/** Publishes the records of a recipe's finished runs, each named as it is done. @param to  folder; default: reports/records */
export const publishStudy = async (path: string, { to = PUBLISHED, ...options }: StudyOptions & { to?: string }): Promise<void> => {
  const { runs } = await openStudy(path, options, (text) => console.error(text))
  let published = 0
  for (const { id, state, cell, seed } of runs) {
    const record = state === 'done' ? await readRecord(options.store, id) : null
    if (record === null) continue
    await publishRecord(record, { from: options.store, to })
    published += 1
    console.log(`${id}  ${[...Object.values(cell), `seed ${seed}`].join(' · ')}`)
  }
  const where = options.store === DEFAULT_STORE ? '' : ` of ${options.store}`
  console.error(`${published} of ${runs.length} records${where} published in ${to}.`)
}
