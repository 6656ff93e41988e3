import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { startingWeights } from '../../src/model/weights/starting_weights.ts'
import { runId } from '../../src/plan/run_id.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import { writeRecord } from '../../src/run/store.ts'
import { makePlans } from '../../src/study/planning.ts'
import { recordsContext } from '../../src/study/records_context.ts'
import { tinyRecord } from '../run/tiny_record.ts'

const PAPER = 'recipes/paper/as-coded.yaml'
const FER2013 = 'f8428a1edbd21e88f42c73edd2a14f95'

/** A store with the record of the paper's first cell, as another machine made it. */
const storeWithFirst = async () => {
  const loaded = await loadRecipe(PAPER, { profile: 'paper' })
  const [cell] = loaded.ok ? loaded.recipe.cells : expect.unreachable()
  if (!cell) return expect.unreachable()
  const store = await mkdtemp(join(tmpdir(), 'ferment-records-'))
  const id = runId({ spec: cell.spec, seed: 0, data: 'hash', weights: startingWeights(cell.spec.model) })
  const counts = { train: [28709], validation: [3589], test: [3589] }
  const data: RunRecord['data'] = {
    kind: 'fer2013_csv',
    name: 'FER2013',
    path: 'fer2013.csv',
    synthetic: false,
    sha256: 'hash',
    md5: FER2013,
    images: 35887,
    image_shape: [48, 48, 1],
    classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    counts,
    used: { train: 28709, validation: 3589, test: 3589 },
    fingerprint: { train: '', validation: '', test: '' },
    class_weight: null,
  }
  const provenance = { ...tinyRecord.provenance, git_commit: 'abc' }
  await writeRecord(store, { ...tinyRecord, id, data, spec: cell.spec as unknown as RunRecord['spec'], provenance })
  return store
}

test('a plan by records alone: no data, no weights, no engine', async () => {
  const { runs } = await makePlans(PAPER, { profile: 'paper' }, await recordsContext(await storeWithFirst()))
  expect(runs.map(({ state }) => state)).toEqual(['published', ...Array(23).fill('to_do')])
  expect(runs[0]).toMatchObject({ commit: 'abc', steps: 143_560 })
})

test('a folder without a record of the recipe’s data is said to be one', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'ferment-records-'))
  await expect(makePlans(PAPER, { profile: 'paper' }, await recordsContext(empty))).rejects.toThrow(/holds no record of a run on the data/)
})
