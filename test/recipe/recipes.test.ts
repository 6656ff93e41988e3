import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Source } from '../../schema/recipe.ts'
import { type PlanContext, planRuns } from '../../src/plan/plan_runs.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const recipes = readdirSync('recipes', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('recipes', name))
  .sort()

test('every recipe was found', () => expect(recipes).toHaveLength(13)) // edited with each new recipe

/** Of the drawn faces and FER2013; of one's own images, as its recipe has them. */
const data = async ({ kind }: Source) => ({
  imageShape: (kind === 'image_folder' ? [64, 64, 3] : [48, 48, 1]) as [number, number, number],
  classes: kind === 'image_folder' ? ['cat', 'dog'] : ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  sha256: 'abc',
})

const context: PlanContext = {
  data,
  parts: async () => ({ sizes: { train: 3200, validation: 400, test: 400 }, problems: [] }),
  engine: { name: 'native', gpu: false, cores: 2 },
  recordOf: async () => undefined,
  goesOnFrom: async () => null,
  measured: [],
  missing: async () => null,
}

/** A study of what the warning is about, and a network as its authors train it. */
const STUDIES_OF_ROTATION = ['recipes/paper/rotation.yaml', 'recipes/beyond/mini-xception.yaml']

const expectedWarnings = (path: string): string[] => (STUDIES_OF_ROTATION.includes(path) ? ['rotation_underfits'] : [])

describe.each(recipes)('%s', (path) => {
  test('says at its head how it is run and what comes of it', () => {
    const head = readFileSync(path, 'utf8').split('\n\n')[0] ?? ''
    expect(head).toMatch(new RegExp(`^# Run: .*npx ferment run ${path}`, 'm'))
    expect(head).toMatch(/^# Expected: +\S/m)
    expect(head).not.toMatch(/<[a-z ]+>/)
  })

  test('is planned, its networks built, without a warning', async () => {
    const loaded = await loadRecipe(path)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    const { runs, warnings } = await planRuns(loaded.recipe, context)
    expect(warnings.filter(({ code }) => !expectedWarnings(path).includes(code))).toEqual([])
    expect(loaded.recipe.warnings).toEqual([])
    expect(runs).toHaveLength(loaded.recipe.cells.length * loaded.recipe.seeds.length)
    for (const { parameters, steps } of runs) expect([parameters > 1000, steps > 0]).toEqual([true, true])
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length)
  })

  test('is right, in every profile', async () => {
    const loaded = await loadRecipe(path)
    expect(loaded.ok ? [] : loaded.problems).toEqual([])
  })
})

describe('the paper', () => {
  const load = async (path: string, profile?: string) => {
    const loaded = await loadRecipe(path, { profile })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    return loaded.recipe
  }

  test('as reported: eight cells of one protocol', async () => {
    const { cells, axes, seeds } = await load('recipes/paper/as-reported.yaml')
    expect(axes).toEqual([
      { name: 'model', values: ['My CNN', 'VGG16'] },
      { name: 'augmentation', values: ['No', 'Yes'] },
      { name: 'batch_size', values: ['4', '32'] },
    ])
    expect(seeds).toEqual([0, 1, 2])
    expect(cells.map(({ cell }) => Object.values(cell).join(' '))).toEqual(
      ['My CNN', 'VGG16'].flatMap((model) =>
        ['No', 'Yes'].flatMap((augmentation) => [4, 32].map((size) => `${model} ${augmentation} ${size}`)),
      ),
    )
    for (const { spec } of cells) {
      expect(spec.semantics).toBe('keras-2.4')
      expect(spec.training).toMatchObject({
        class_weight: 'inverse_frequency',
        epochs: 20,
        optimizer: { learning_rate: 1e-5, epsilon: 1e-7 },
      })
    }
  })

  test('as coded: learning rate, class weights and monitor differ by cell', async () => {
    const { cells } = await load('recipes/paper/as-coded.yaml')
    const short = cells.map(({ spec: { training } }) => {
      const checkpoint = training.callbacks.find(({ kind }) => kind === 'model_checkpoint')
      return [training.optimizer.learning_rate, training.class_weight, checkpoint && 'monitor' in checkpoint && checkpoint.monitor]
    })
    expect(short).toEqual([
      [1e-5, 'inverse_frequency', 'val_loss'],
      [1e-5, 'inverse_frequency', 'val_loss'],
      [1e-4, 'none', 'val_loss'],
      [1e-4, 'none', 'val_loss'],
      [1e-5, 'none', 'val_loss'],
      [1e-5, 'none', 'val_loss'],
      [1e-5, 'none', 'val_accuracy'],
      [1e-5, 'none', 'val_accuracy'],
    ])
  })

  test('quick is small in every cell', async () => {
    const { cells, seeds, profile } = await load('recipes/paper/as-reported.yaml', 'quick')
    expect(profile?.name).toBe('quick')
    expect(seeds).toEqual([0])
    for (const { spec } of cells) {
      expect(spec.limit.train).toBeLessThanOrEqual(1000)
      expect(spec.training.epochs).toBe(2)
    }
  })
})
