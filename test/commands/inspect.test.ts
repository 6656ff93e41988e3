import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { registerInspect } from '../../src/commands/inspect.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { imageTree } from '../data/tiny_images.ts'
import { runCommand } from './run_command.ts'

const RECIPE = (path: string) => `about: { title: "A <b>folder</b>" }
dataset: { kind: image_folder, path: ${path}, image_size: [4, 4], color_mode: grayscale }
split: { kind: stratified_holdout, test_size: 0.5 }
augmentation: { kind: image_data_generator, horizontal_flip: true }
model: { layers: [{ kind: flatten }, { kind: dense, units: 2, activation: softmax }] }
training: { optimizer: { kind: adam }, loss: { kind: categorical_crossentropy }, class_weight: balanced, epochs: 1 }
`

const folder = async () => {
  const files = Array.from(
    { length: 16 },
    (_, at) => [`${at % 2 ? 'cat' : 'dog'}/${at}.png`, [at < 4 ? 90 : at * 9, 0, 0] as const] as const,
  )
  return imageTree({ ...Object.fromEntries(files), 'cat/notes.txt': Buffer.from('x') })
}

test('shows what is in the data, on the terminal, as a page and as JSON', async () => {
  const tree = await folder()
  const path = join(await temporaryFolder(), 'mine.yaml')
  await writeFile(path, RECIPE(tree))
  const [page, sheet] = [join(tree, '..', 'page.html'), join(tree, '..', 'sheet.png')]
  const { stdout } = await runCommand(registerInspect, 'inspect', path, '--html', page, '--augment', sheet, '--near')
  expect(stdout).toMatch(/: 16 images of 4×4×1 from /)
  expect(stdout).toMatch(/cat +4 +2 +2 +1\.0000/)
  expect(stdout).toContain('of kind .txt')
  expect(stdout).toContain('12 of 16 images are distinct, byte for byte; 1 image occurs more than once.')
  expect(stdout).toContain('1 image, which no network can be right about everywhere.')
  expect(stdout).toContain('16 images, 0 of them black.')
  const html = await readFile(page, 'utf8')
  expect(html).toContain('<h1>A &#x3C;b>folder&#x3C;/b></h1>')
  expect(html).toContain('src="data:image/png;base64,')
  expect(html).not.toMatch(/https?:\/\//)
  const { width, height } = await sharp(sheet).metadata()
  expect([width, height]).toEqual([8 * 6 - 2, 8 * 6 - 2])
  const json = JSON.parse((await runCommand(registerInspect, 'inspect', path, '--format', 'json')).stdout)
  expect(json).toMatchObject({ distinct: 12, conflicting_groups: 1, counts: { train: [4, 4], validation: [2, 2], test: [2, 2] } })
})
