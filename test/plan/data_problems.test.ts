import { describe, expect, test } from 'vitest'
import { augmentationAdvice } from '../../src/plan/augmentation_advice.ts'
import { dataProblems } from '../../src/plan/data_problems.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const specOf = async (set: string[]) => {
  const loaded = await loadRecipe('recipes/examples/quickstart.yaml', { set })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  const [cell] = loaded.recipe.cells
  if (!cell) throw new Error('no cell')
  return cell.spec
}

const facts = {
  imageShape: [48, 48, 1] as const,
  classes: ['a', 'b'],
  sizes: { train: 80, validation: 10, test: 10 },
}
const codes = async (set: string[], more = {}) =>
  dataProblems(await specOf(set), { ...facts, ...more }).map(({ code, severity, at }) => `${severity} ${code} ${at.join('.')}`)

describe('batches and parts', () => {
  test.each<[string[], string[]]>([
    [[], []],
    [['training.batch_size=81'], ['warning batch_size_too_large training.batch_size']],
    [['training.batch_size=81', 'training.steps_per_epoch=floor'], ['error batch_size_too_large training.batch_size']],
    [['training.batch_size=11', 'training.validation_steps=floor'], ['error batch_size_too_large training.batch_size']],
    [['limit.train=8'], ['warning batch_size_too_large training.batch_size']],
  ])('%s', async (set, expected) => expect(await codes(set)).toEqual(expected))

  test('a limit is known without the data', async () => {
    const none = { sizes: undefined }
    expect(await codes(['limit.train=8'], none)).toEqual(['warning batch_size_too_large training.batch_size'])
    expect(await codes(['training.batch_size=1000'], none)).toEqual([])
  })
})

describe('augmentation', () => {
  const advice = async (augmentation: string, size = 48) =>
    augmentationAdvice(await specOf([`augmentation={ kind: image_data_generator, ${augmentation} }`]), [size, size, 1]).map(
      ({ code, at }) => `${code} ${at.at(-1)}`,
    )

  test.each([
    ['rotation_range: 4, width_shift_range: 0.1, zoom_range: 0.1', []],
    ['rotation_range: 6', ['rotation_underfits rotation_range']],
    ['width_shift_range: 0.5', ['augmentation_too_strong width_shift_range']],
    ['height_shift_range: 24', ['augmentation_too_strong height_shift_range']],
    ['height_shift_range: 5', []],
    ['zoom_range: 0.6', ['augmentation_too_strong zoom_range']],
    ['fill_mode: wrap', ['augmentation_idle kind']],
    ['horizontal_flip: true', []],
  ])('%s', async (augmentation, expected) => expect(await advice(augmentation)).toEqual(expected))

  test.each<[string, string[]]>([
    ['transforms: [horizontal_flip, { kind: rotation, degrees: 4 }]', []],
    ['transforms: []', ['augmentation_idle augmentation.kind']],
    ['mix: mixup', []],
    ['transforms: [{ kind: horizontal_flip, p: 0 }]', ['augmentation_idle augmentation.transforms.0.p']],
    ['transforms: [horizontal_flip, { kind: rotation, degrees: [-2, 10] }]', ['rotation_underfits augmentation.transforms.1.degrees']],
    ['transforms: [{ kind: cutout, length: 96 }]', ['transform_misfit augmentation.transforms.0.length']],
    ['transforms: [{ kind: color_jitter, contrast: 0.1, saturation: 0.1 }]', ['augmentation_idle augmentation.transforms.0.saturation']],
  ])('a list: %s', async (augmentation, expected) => {
    const spec = await specOf([`augmentation={ kind: compose, ${augmentation} }`, 'preprocessing.color_mode=rgb'])
    expect(augmentationAdvice(spec, [48, 48, 1]).map(({ code, at }) => `${code} ${at.join('.')}`)).toEqual(expected)
  })

  test('a list sees images as they are after the steps of preprocessing', async () => {
    const steps = 'preprocessing={ steps: [{ kind: resize, image_size: [32, 32] }] }'
    const spec = await specOf(['augmentation={ kind: compose, transforms: [{ kind: cutout, length: 64 }] }', steps])
    expect(augmentationAdvice(spec, [48, 48, 1]).map(({ code }) => code)).toEqual(['transform_misfit'])
  })

  test('large images may be turned further', async () => expect(await advice('rotation_range: 20', 224)).toEqual([]))
})
