import { describe, expect, test } from 'vitest'
import type { Layer } from '../../schema/recipe.ts'
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

// Medians of the native engine on two AVX-512 cores.
test.each([
  ['My CNN', '4', 0.048],
  ['My CNN', '32', 0.21],
  ['VGG16', '4', 0.109],
  ['VGG16', '32', 0.4],
])('%s at batch %s: %f s a step, within a tenth', async (name, batchSize, seconds) => {
  const estimated = estimator(two, [])(await cell(name, batchSize))
  expect(estimated.from).toBe('formula')
  const step = (estimated.seconds - 5) / (3200 / Number(batchSize))
  expect(Math.abs(step / seconds - 1)).toBeLessThan(0.1)
})

describe('earlier runs', () => {
  const earlier = async (imagesPerSecond: number, more = {}) => {
    const { model } = await cell('My CNN', '4')
    return {
      from: 'records' as const,
      model,
      imageShape: [48, 48, 1],
      classes: 7,
      batchSize: 4,
      precision: 'float32' as const,
      engine: 'native',
      gpu: false,
      imagesPerSecond,
      ...more,
    }
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

  test('correct it by that of the nearest size', async () => {
    const layers = [{ kind: 'flatten' as const }, (await cell('My CNN', '4')).model.layers.at(-1) as Layer]
    const small = await earlier(1, { model: { layers } })
    const [large, work] = [await earlier(320), await cell('VGG16', '32')]
    expect(estimator(two, [large, small])(work)).toEqual(estimator(two, [large])(work))
  })

  test.each([{ imageShape: [96, 96, 1] }, { precision: 'mixed_bfloat16' }])(
    'of other images, or in another precision, are of another network: %o',
    async (more) => {
      const { from } = estimator(two, [await earlier(10, more)])(await cell('My CNN', '4'))
      expect(from).toBe('measured')
    },
  )

  test('count more than steps that were timed, which count more than the formula', async () => {
    const [run, steps] = [await earlier(320), await earlier(10, { from: 'steps' })]
    const work = await cell('My CNN', '4')
    expect(estimator(two, [run, steps])(work)).toEqual({ seconds: 5 + 10, from: 'records' })
    expect(estimator(two, [steps])(work)).toEqual({ seconds: 5 + 320, from: 'steps' })
  })

  test('on another engine say nothing', async () => {
    const { from } = estimator(two, [await earlier(10, { engine: 'wasm' }), await earlier(10, { gpu: true })])(await cell('My CNN', '4'))
    expect(from).toBe('formula')
  })
})
