import { describe, expect, test } from 'vitest'
import { buildNetwork } from '../../src/model/build_network.ts'
import { estimator, forwardFlops } from '../../src/plan/estimate.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const two = { name: 'native', gpu: false, cores: 2 } as const
const sizes = { train: 3200, validation: 0, test: 0 }

const cell = async (name: string, batchSize: string) => {
  const loaded = await loadRecipe('recipes/paper/as-reported.yaml', { set: ['training.epochs=1', 'training.callbacks=[]'] })
  if (!loaded.ok) throw new Error('the recipe is right')
  const found = loaded.recipe.cells.find((one) => one.cell.model === name && one.cell.batch_size === batchSize)
  if (!found) throw new Error('there is no such cell')
  const { model, training } = found.spec
  const built = buildNetwork(model, [48, 48, name === 'VGG16' ? 3 : 1], 7)
  if (!built.ok) throw new Error('the network fits')
  return { network: built.network, training, model, sizes }
}

test('a training image of the base CNN costs about 2.3 GFLOP', async () => {
  expect((3 * forwardFlops((await cell('My CNN', '4')).network)) / 1e9).toBeCloseTo(2.3, 1)
})

// design.md: the compiled step on two cores.
test.each([
  ['My CNN', '4', 0.068],
  ['My CNN', '32', 0.375],
  ['VGG16', '4', 0.153],
  ['VGG16', '32', 0.674],
])('%s at batch %s: %f s a step, within a fifth', async (name, batchSize, seconds) => {
  const estimated = estimator(two, [])(await cell(name, batchSize))
  expect(estimated.from).toBe('formula')
  const step = (estimated.seconds - 5) / (3200 / Number(batchSize))
  expect(Math.abs(step / seconds - 1)).toBeLessThan(0.2)
})

describe('earlier runs', () => {
  const earlier = async (imagesPerSecond: number, more = {}) => {
    const { model } = await cell('My CNN', '4')
    return { model, imageShape: [48, 48, 1], classes: 7, batchSize: 4, engine: 'native', gpu: false, imagesPerSecond, ...more }
  }

  test('of the same model and batch size are taken as they are, the newest first', async () => {
    const { seconds, from } = estimator(two, [await earlier(10), await earlier(320)])(await cell('My CNN', '4'))
    expect([seconds, from]).toEqual([5 + 10, 'records'])
  })

  test('of others correct the formula', async () => {
    const work = await cell('VGG16', '32')
    const plain = estimator(two, [])(await cell('My CNN', '4')).seconds - 5
    const corrected = estimator(two, [await earlier(3200 / (2 * plain))])(work)
    expect(corrected.from).toBe('measured')
    expect(corrected.seconds - 5).toBeCloseTo(2 * (estimator(two, [])(work).seconds - 5), 6)
  })

  test('on another engine say nothing', async () => {
    const { from } = estimator(two, [await earlier(10, { engine: 'wasm' }), await earlier(10, { gpu: true })])(await cell('My CNN', '4'))
    expect(from).toBe('formula')
  })
})
