import type { Table } from '../../schema/recipe.ts'
import type { Weights } from '../report/measures.ts'
import { condensed, type Predictions, type PredictionsOf } from '../report/predictions.ts'
import type { FoundRecord } from '../run/published.ts'
import { readPredictions } from '../run/read_predictions.ts'

type Places = { own: string; published: string }

/**
 * What runs answered on each test image under the weights that the tables count (the last where there are no tables), read from the folder that a
 * run's record was found in. A record without its predictions is a whole record: of it, nothing is paired.
 */
export const storedPredictions = async (found: Iterable<FoundRecord>, tables: readonly Table[], places: Places): Promise<PredictionsOf> => {
  const counting = new Set<Weights>(tables.length === 0 ? ['last'] : tables.map(({ weights }) => weights))
  const known = new Map<string, Predictions | null>()
  for (const { record, from } of found)
    for (const weights of counting) {
      const answers = await readPredictions(places[from], record, weights).catch(() => [])
      known.set(`${record.id} ${weights}`, condensed(answers))
    }
  return ({ id }, weights) => known.get(`${id} ${weights}`) ?? null
}
