import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { csv, tinyRows } from '../data/tiny_csv.ts'
import { ferment } from '../ferment.ts'

/** Two cells of a network that trains in an instant, on a CSV file beside the recipe. */
const RECIPE = `
about: { title: Tiny }
dataset: { kind: fer2013_csv, path: "it's data.csv" }
split: { kind: stratified_holdout, test_size: 0.3, validation_of_test: 0.5, random_state: 42 }
preprocessing: { rescale: [-1, 1] }
model:
  layers:
    - { kind: average_pooling2d, pool_size: 8 }
    - { kind: flatten }
    - { kind: dropout, rate: 0.1 }
    - { kind: dense, units: 7, activation: softmax }
training:
  optimizer: { kind: adam, learning_rate: 0.01 }
  loss: { kind: categorical_crossentropy }
  epochs: 2
  batch_size: 16
  callbacks: [{ kind: model_checkpoint }]
seeds: [0, 1]
matrix:
  pace:
    it's slow: {}
    fast: { training: { batch_size: 32 } }
charts:
  - { kind: learning_curves, title: Curves }
`

/** A folder with a recipe and its data, and ferment in it. Gone with the test. */
export const tinyStudy = async ({ data = csv(tinyRows(84)) }: { data?: string | Buffer } = {}) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'ferment-study-')))
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }))
  const cwd = join(root, 'a "folder" of mine')
  await mkdir(cwd)
  await writeFile(join(cwd, 'tiny recipe.yaml'), RECIPE)
  await writeFile(join(cwd, "it's data.csv"), data)
  const env = { FERMENT_CACHE_DIR: join(root, 'cache') }
  const start = (args: readonly string[], { env: more = {}, ...options }: { detached?: boolean; env?: Record<string, string> } = {}) =>
    ferment(['run', 'tiny recipe.yaml', ...args], { cwd, env: { ...env, ...more }, ...options })
  return { cwd, env, start }
}
