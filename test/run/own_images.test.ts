import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import type { Job } from '../../src/run/job.ts'
import { performRun } from '../../src/run/perform_run.ts'
import { readRecord } from '../../src/run/store.ts'
import { checkRecipe } from '../../src/study/recipe_check.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { imageTree } from '../data/tiny_images.ts'

const RECIPE = 'recipes/examples/own-images.yaml'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A disc or a square on a ground of another color, of any size of file. */
const drawn = (shape: 'disc' | 'square', index: number): Promise<Buffer> => {
  const [width, height] = [40 + 7 * (index % 5), 30 + 11 * (index % 3)]
  const figure = shape === 'disc' ? '<circle cx="20" cy="15" r="9"/>' : '<rect x="11" y="6" width="18" height="18"/>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="hsl(${index * 40} 80% 40%)">${figure}</svg>`
  const image = sharp(Buffer.from(svg)).flatten({ background: 'white' })
  return (index % 2 ? image.jpeg() : image.png()).toBuffer()
}

/** Folders of images where the recipe looks for them, and a cache of their own. */
const drawFolders = async (folders: Readonly<Record<string, 'disc' | 'square'>>) => {
  const files: Record<string, Buffer> = {}
  for (const [folder, shape] of Object.entries(folders))
    for (let index = 0; index < 20; index++) files[`${folder}/${index}.${index % 2 ? 'jpg' : 'png'}`] = await drawn(shape, index)
  vi.stubEnv('IMAGES', await imageTree(files))
  vi.stubEnv('FERMENT_CACHE_DIR', await temporaryFolder())
}

const jobOf = async (set: readonly string[]): Promise<Job> => {
  const loaded = await loadRecipe(RECIPE, { set })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  const { recipe } = loaded
  const [only] = recipe.cells
  if (!only) throw new Error('the recipe has a cell')
  const { cell, spec } = only
  const study = { title: recipe.about.title, recipe: recipe.path, profile: null }
  return { id: 'feedfacecafebeef', store: await temporaryFolder(), study, cell, seed: 0, spec, code: 'test', engine: null, command: [] }
}

describe('the recipe for one’s own images', () => {
  test.each([
    { name: 'as it is written', set: [], shape: [64, 64, 3] },
    { name: 'with the colors left to the data set', set: ['preprocessing={rescale: [0, 1]}'], shape: [64, 64, 3] },
  ])('$name: folders are read, split and trained on for one step', async ({ set, shape }) => {
    await drawFolders({ round: 'disc', square: 'square' })
    const job = await jobOf([...set, 'training.epochs=1', 'limit.train=16'])
    expect(await performRun(job, { send: () => {}, signal: new AbortController().signal })).toBe('done')
    const { data, history } = (await readRecord(job.store, job.id)) ?? {}
    expect(data).toMatchObject({ kind: 'image_folder', synthetic: false, images: 40, image_shape: shape, classes: ['round', 'square'] })
    expect(data?.counts).toEqual({ train: [14, 14], validation: [3, 3], test: [3, 3] })
    expect(history).toHaveLength(1)
    expect(history?.[0]?.loss).toBeGreaterThan(0)
  })

  test('fits its folders before they are read: `units` is checked against their number', async () => {
    await drawFolders({ round: 'disc', square: 'square' })
    expect(await checkRecipe(RECIPE, {})).toMatchObject({ problems: [], summary: 'right; 1 cell × 1 seed' })
    await drawFolders({ round: 'disc', rounder: 'disc', square: 'square' })
    const { problems } = await checkRecipe(RECIPE, {})
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['output_classes', 'error']])
  })

  test('is right where there are no images yet, and says what to do', async () => {
    vi.stubEnv('IMAGES', join(await temporaryFolder(), 'none'))
    const { problems } = await checkRecipe(RECIPE, {})
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['data_missing', 'warning']])
  })
})
