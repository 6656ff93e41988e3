import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildNetwork } from '../../src/model/build_network.ts'
import { essenceOf } from '../../src/plan/essence.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import type { Cell } from '../../src/recipe/recipe.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferment-blocks-'))
})

const load = async (model: string) => {
  const file = join(folder, 'mine.yaml')
  const rest = 'about: { title: t }\ndataset: { kind: synthetic_faces }\nsplit: { kind: stratified_holdout }\n'
  writeFileSync(
    file,
    `${rest}training: { optimizer: { kind: sgd }, loss: { kind: categorical_crossentropy }, epochs: 1 }\nmodel:\n${model}`,
  )
  const loaded = await loadRecipe(file)
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.recipe.cells[0]?.spec as NonNullable<(typeof loaded.recipe.cells)[0]>['spec']
}

/** Name and inputs of every layer. */
const shapeOf = async (model: string) =>
  (await load(model)).model.layers.map(({ kind, name, inputs }) => [name ?? kind, ...(inputs ?? [])].join(' '))

const RESIDUAL = `
  blocks:
    residual:
      parameters: { filters: 8 }
      layers:
        - { kind: conv2d, filters: $filters, kernel_size: 3, padding: same }
        - { kind: conv2d, filters: $filters, kernel_size: 3, padding: same, name: last }
        - { kind: add, inputs: [last, input] }
`

test('what is written with blocks is, but for its names, what would be written without', async () => {
  const withBlocks = await load(`${RESIDUAL}
  layers:
    - { kind: conv2d, filters: 8, kernel_size: 3 }
    - { kind: block, block: residual, name: one }
    - { kind: dense, units: 7 }
`)
  const without = await load(`
  layers:
    - { kind: conv2d, filters: 8, kernel_size: 3 }
    - { kind: conv2d, filters: 8, kernel_size: 3, padding: same, name: one.conv2d, inputs: [conv2d] }
    - { kind: conv2d, filters: 8, kernel_size: 3, padding: same, name: one.last }
    - { kind: add, name: one.add, inputs: [one.last, conv2d] }
    - { kind: dense, units: 7 }
`)
  expect(withBlocks).toEqual(without)
  expect(essenceOf(withBlocks)).toEqual(essenceOf(without))
})

test('each use gives its own values, and a block without a name is called as it is used, numbered as Keras numbers', async () => {
  const { model } = await load(`${RESIDUAL}
  layers:
    - { kind: conv2d, filters: 8, kernel_size: 3 }
    - { kind: block, block: residual }
    - { kind: conv2d, filters: 16, kernel_size: 3 }
    - { kind: block, block: residual, with: { filters: 16 } }
    - { kind: dense, units: 7 }
`)
  const filters = model.layers.flatMap((layer) => ('filters' in layer ? [[layer.name, layer.filters]] : []))
  expect(filters).toEqual([
    [undefined, 8],
    ['residual.conv2d', 8],
    ['residual.last', 8],
    [undefined, 16],
    ['residual_1.conv2d', 16],
    ['residual_1.last', 16],
  ])
})

test('a repeated block takes its input from the one before; its name in inputs is the last one', async () => {
  expect(
    await shapeOf(`${RESIDUAL}
  layers:
    - { kind: conv2d, filters: 8, kernel_size: 3, name: stem }
    - { kind: block, block: residual, name: stage, repeat: 2 }
    - { kind: concatenate, inputs: [stage, stem] }
`),
  ).toEqual([
    'stem',
    'stage.1.conv2d stem',
    'stage.1.last',
    'stage.1.add stage.1.last stem',
    'stage.2.conv2d stage.1.add',
    'stage.2.last',
    'stage.2.add stage.2.last stage.1.add',
    'concatenate stage.2.add stem',
  ])
})

test('a block may use others, hand its values on, and take its input from elsewhere', async () => {
  expect(
    await shapeOf(`${RESIDUAL}
    two:
      parameters: { width: 4 }
      layers:
        - { kind: block, block: residual, with: { filters: $width }, name: a }
        - { kind: conv2d, filters: $width, kernel_size: 1, inputs: [a] }
  layers:
    - { kind: conv2d, filters: 4, kernel_size: 3, name: stem }
    - { kind: flatten }
    - { kind: block, block: two, inputs: [stem] }
`),
  ).toEqual(['stem', 'flatten', 'two.a.conv2d stem', 'two.a.last', 'two.a.add two.a.last stem', 'two.conv2d two.a.add'])
})

test('ResNet-34 in blocks has as many weights and convolutions as it should', async () => {
  const loaded = await loadRecipe('test/recipe/blocks/resnet34.yaml')
  expect(loaded.ok ? [] : loaded.problems).toEqual([])
  if (!loaded.ok) return
  const built = buildNetwork((loaded.recipe.cells[0] as Cell).spec.model, [48, 48, 1], 7)
  if (!built.ok) return expect.unreachable(built.problems[0]?.message)
  const { layers } = built.network
  // 33 and three shortcuts.
  expect(layers.filter(({ kind }) => kind === 'conv2d')).toHaveLength(36)
  // torchvision's 21,284,672 without its last layer, a stem of 3·3·1 instead of 7·7·3, 7 classes, 17,024 moving means and variances.
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0)
  expect(parameters).toBe(21_284_672 - 64 * (7 * 7 * 3 - 3 * 3) + 512 * 7 + 7 + 17_024)
})

test('a kind alone is a layer in a block too', async () => {
  expect(
    await shapeOf(`
  blocks: { end: { layers: [flatten, { kind: dense, units: 7 }] } }
  layers: [{ kind: block, block: end }]
`),
  ).toEqual(['end.flatten', 'end.dense'])
})

test('the first layer of all takes the image', async () => {
  expect(
    await shapeOf(`${RESIDUAL}
  layers:
    - { kind: block, block: residual }
    - { kind: dense, units: 7 }
`),
  ).toEqual(['residual.conv2d', 'residual.last', 'residual.add residual.last input', 'dense'])
})
