import { expect, test } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import { startingWeights } from '../../src/model/weights/starting_weights.ts'
import { essenceOf } from '../../src/plan/essence.ts'
import { runId } from '../../src/plan/run_id.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

/** FER2013 as Kaggle published it, as loaded. */
const FER2013 = 'bb183fb6943ddf60cee1219371efd38a18d40392d446398712869eac5e880089'

const cellsOf = async (path: string, set: string[] = []) => {
  const loaded = await loadRecipe(path, { profile: 'paper', set })
  if (!loaded.ok) throw new Error(`${path} is wrong`)
  return loaded.recipe.cells
}
const idOf = ({ spec }: { spec: Spec }, seed = 0) => runId({ spec, seed, data: FER2013, weights: startingWeights(spec.model) })

test('the ids of the paper, for good: published records are found by them', async () => {
  const ids: Record<string, string> = {}
  for (const name of ['as-coded', 'as-reported'])
    for (const cell of await cellsOf(`recipes/paper/${name}.yaml`)) ids[[name, ...Object.values(cell.cell)].join(' · ')] = idOf(cell)
  expect(ids).toMatchInlineSnapshot(`
    {
      "as-coded · My CNN · No · 32": "d5951c663e86cc73",
      "as-coded · My CNN · No · 4": "ef75c470a1c30211",
      "as-coded · My CNN · Yes · 32": "8771e3d91be93e1e",
      "as-coded · My CNN · Yes · 4": "79bd88eafd78b048",
      "as-coded · VGG16 · No · 32": "17b1f64ece804c79",
      "as-coded · VGG16 · No · 4": "f347ab8b47032077",
      "as-coded · VGG16 · Yes · 32": "22c74b2cacb87424",
      "as-coded · VGG16 · Yes · 4": "b71ad7bc9a599177",
      "as-reported · My CNN · No · 32": "d5951c663e86cc73",
      "as-reported · My CNN · No · 4": "ef75c470a1c30211",
      "as-reported · My CNN · Yes · 32": "e5e1d814b376ab02",
      "as-reported · My CNN · Yes · 4": "acba094648cde714",
      "as-reported · VGG16 · No · 32": "b0f77d9d80cf94ba",
      "as-reported · VGG16 · No · 4": "980697d69d32585e",
      "as-reported · VGG16 · Yes · 32": "2cba2abb4c349cf2",
      "as-reported · VGG16 · Yes · 4": "4c11dd3547c9c613",
    }
  `)
})

test('a value that is written out where it is the default is the same run; any other value is another', async () => {
  const [first] = await cellsOf('recipes/paper/as-coded.yaml')
  const [same] = await cellsOf('recipes/paper/as-coded.yaml', [
    'training.shuffle=true',
    'training.optimizer.beta_1=0.9',
    'dataset.path=/elsewhere.csv',
  ])
  const [other] = await cellsOf('recipes/paper/as-coded.yaml', ['training.optimizer.beta_1=0.8'])
  if (!first || !same || !other) return expect.unreachable()
  expect(idOf(same)).toBe(idOf(first))
  expect(idOf(other)).not.toBe(idOf(first))
})

test('seed, data, starting weights and the version of the numbers are part of it', async () => {
  const [cell] = await cellsOf('recipes/paper/as-coded.yaml')
  if (!cell) return expect.unreachable()
  const key = { spec: cell.spec, seed: 0, data: 'a', weights: [] }
  const ids = [runId(key), runId({ ...key, seed: 1 }), runId({ ...key, data: 'b' }), runId({ ...key, weights: ['c'] }), runId(key, 1000)]
  expect(new Set(ids).size).toBe(ids.length)
})

test('the essence has what is not a default, and nothing else', async () => {
  const [cell] = await cellsOf('recipes/paper/as-coded.yaml')
  const { model, dataset, ...essence } = essenceOf(cell?.spec as Spec)
  expect(essence).toMatchInlineSnapshot(`
    {
      "preprocessing": {
        "rescale": [
          -1,
          1,
        ],
      },
      "semantics": "keras-2.4",
      "split": {
        "kind": "stratified_holdout",
        "random_state": 42,
        "stratify": "one_hot",
      },
      "training": {
        "batch_size": 4,
        "callbacks": [
          {
            "kind": "early_stopping",
            "patience": 7,
          },
          {
            "cooldown": 2,
            "factor": 0.5,
            "kind": "reduce_lr_on_plateau",
            "patience": 2,
          },
          {
            "kind": "model_checkpoint",
          },
        ],
        "class_weight": "inverse_frequency",
        "epochs": 20,
        "loss": {
          "kind": "categorical_crossentropy",
        },
        "optimizer": {
          "kind": "adam",
          "learning_rate": 0.00001,
        },
      },
    }
  `)
  expect((model as Spec['model']).layers[0]).toMatchInlineSnapshot(`
    {
      "activation": "relu",
      "filters": 64,
      "kernel_size": 3,
      "kind": "conv2d",
      "padding": "same",
    }
  `)
  expect((dataset as Spec['dataset']).kind).toBe('fer2013_csv')
})
