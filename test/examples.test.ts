import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ferment } from './ferment.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferment-examples-'))
  for (const [name, shade] of [
    ['bright', 200],
    ['dark', 50],
  ] as const) {
    await mkdir(join(folder, 'images', name), { recursive: true })
    for (let number = 0; number < 10; number++) {
      const image = sharp({ create: { width: 20, height: 16, channels: 3, background: { r: shade, g: shade, b: shade + number } } })
      await image.png().toFile(join(folder, 'images', name, `${number}.png`))
    }
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A step of four images, in the cells that are left of each example. */
const steps: Record<string, { more?: string; runs: number }> = {
  quickstart: { runs: 1 },
  'own-images': { runs: 1 },
  ablation: {
    more: 'exclude: [{ images: 3000 images }, { network: no dropout }, { network: no third convolution }]\nseeds: [0]\n',
    runs: 2,
  },
  augmentation: { runs: 4 },
  residual: { runs: 2 },
  precision: { runs: 3 },
  transfer: { more: 'exclude: [{ images: 480 images }, { start: frozen }, { start: fine-tuned }]\n', runs: 1 },
}

test('every example is here', async () => {
  const names = (await readdir('recipes/examples')).map((name) => name.replace('.yaml', ''))
  expect(Object.keys(steps).sort()).toEqual(names.sort())
})

test.each(Object.entries(steps))('%s trains', async (name, { more = '', runs }) => {
  const recipe = join(folder, `${name}.yaml`)
  const store = join(folder, `${name}-runs`)
  await writeFile(recipe, `extends: ${join(process.cwd(), 'recipes/examples', `${name}.yaml`)}\n${more}`)
  const sets = ['training.epochs=1', 'training.batch_size=4', 'limit={ train: 4, validation: 2, test: 2 }'].flatMap((set) => ['--set', set])
  const { exitCode, all } = await ferment(['run', recipe, '--store', store, ...sets], { env: { IMAGES: join(folder, 'images') } })
  expect(exitCode, all).toBe(0)
  const ids = await readdir(store)
  expect(ids).toHaveLength(runs)
  for (const id of ids) {
    const { status, history } = JSON.parse(await readFile(join(store, id, 'record.json'), 'utf8'))
    expect(status).toBe('done')
    expect(history).toMatchObject([{ epoch: 1, steps: 1, loss: expect.any(Number) }])
  }
})
