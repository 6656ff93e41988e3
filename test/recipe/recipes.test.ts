import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const recipes = readdirSync('recipes', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('recipes', name))
  .sort()

test('every recipe was found', () => expect(recipes).toHaveLength(4)) // edited with each new recipe

describe.each(recipes)('%s', (path) => {
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
