import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Loss, Optimizer, Semantics, Spec } from '../../schema/recipe.ts'
import { inputShape } from '../../src/input_shape.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import type { Network } from '../../src/model/network.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

/** What a training step of a recipe is made of. */
export type StepOfRecipe = { title: string; network: Network; optimizer: Optimizer; loss: Loss; semantics: Semantics }

const recipes = readdirSync('recipes', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('recipes', name))
  .sort()

/** Of the drawn faces and FER2013; of one's own images, as its recipe has them. */
const imagesOf = ({ dataset, preprocessing }: Spec) => {
  const own = dataset.kind === 'image_folder'
  const [size, stored, classes] = own ? [64, 3, 2] : [48, 1, 7]
  return { shape: inputShape(preprocessing, [size, size, stored]), classes }
}

/** Published weights are another start, no other step. */
const layersOf = ({ model }: Spec) => model.layers.map((layer) => (layer.kind === 'vgg16' ? { ...layer, weights: null } : layer))

const networkOf = (spec: Spec): Network => {
  const layers = layersOf(spec)
  const { shape, classes } = imagesOf(spec)
  const built = buildNetwork({ layers }, shape, classes)
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join())
  return built.network
}

/**
 * Every step that differs in network, optimizer, loss or semantics, over all cells of all recipes. Of those that differ in the learning rate
 * alone the largest stands for all.
 */
export const stepsOfRecipes = async (): Promise<StepOfRecipe[]> => {
  const found = new Map<string, StepOfRecipe>()
  for (const path of recipes) {
    const loaded = await loadRecipe(path)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    for (const { cell, spec } of loaded.recipe.cells) {
      const { training, semantics } = spec
      const { optimizer, loss } = training
      const { learning_rate, ...rest } = optimizer
      const key = JSON.stringify([layersOf(spec), imagesOf(spec), rest, loss, semantics])
      const title = [path, ...Object.values(cell)].join(', ')
      if (learning_rate > (found.get(key)?.optimizer.learning_rate ?? 0))
        found.set(key, { title, network: networkOf(spec), optimizer, loss, semantics })
    }
  }
  return [...found.values()]
}
