import { describe, expect, test } from 'vitest'
import type { AugmentationImageDataGenerator } from '../../../schema/recipe.ts'
import { drawTransform } from '../../../src/data/augmentations/image_data_generator.ts'
import { prepareAugmentation } from '../../../src/data/augmentations/table.ts'
import { randomOf } from '../../../src/random.ts'

const still: AugmentationImageDataGenerator = {
  kind: 'image_data_generator',
  rotation_range: 0,
  width_shift_range: 0,
  height_shift_range: 0,
  shear_range: 0,
  zoom_range: 0,
  horizontal_flip: false,
  vertical_flip: false,
  fill_mode: 'nearest',
  cval: 0,
  apply_to: ['train'],
}
const shape = [40, 20, 1] as const
const scale = { low: 0, high: 255 }
const draws = (spec: Partial<AugmentationImageDataGenerator>) =>
  Array.from({ length: 4000 }, (_, row) =>
    drawTransform({ ...still, ...spec }, shape, randomOf({ seed: 0, purpose: 'augmentation', at: [row] })),
  )

describe('what is drawn', () => {
  // Keras: theta, tx, ty and shear uniform in ± range, zoom in 1 ± range, tx in shares of the height and ty of the width.
  test.each([
    { spec: { rotation_range: 4 }, name: 'theta', low: -4, high: 4 },
    { spec: { height_shift_range: 0.1 }, name: 'tx', low: -4, high: 4 },
    { spec: { width_shift_range: 0.1 }, name: 'ty', low: -2, high: 2 },
    { spec: { height_shift_range: 3 }, name: 'tx', low: -3, high: 3 },
    { spec: { width_shift_range: 1 }, name: 'ty', low: -1, high: 1 },
    { spec: { shear_range: 5 }, name: 'shear', low: -5, high: 5 },
    { spec: { zoom_range: 0.2 }, name: 'zx', low: 0.8, high: 1.2 },
    { spec: { zoom_range: 0.2 }, name: 'zy', low: 0.8, high: 1.2 },
    { spec: { zoom_range: [0.5, 1.1] as [number, number] }, name: 'zx', low: 0.5, high: 1.1 },
    { spec: { channel_shift_range: 20 }, name: 'channelShift', low: -20, high: 20 },
    { spec: { brightness_range: [0.8, 1.4] as [number, number] }, name: 'brightness', low: 0.8, high: 1.4 },
  ] as const)('$spec: $name is uniform from $low to $high', ({ spec, name, low, high }) => {
    const values = draws(spec).map((transform) => ((transform[name] ?? Number.NaN) - low) / (high - low))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect([Math.min(...values) >= 0, Math.max(...values) <= 1]).toEqual([true, true])
    expect(mean).toBeCloseTo(1 / 2, 1)
    expect(variance).toBeCloseTo(1 / 12, 2)
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.99)
  })

  test('zooms of the axes are independent', () => {
    const product = draws({ zoom_range: 0.5 }).reduce((sum, { zx, zy }) => sum + (zx - 1) * (zy - 1), 0)
    expect(Math.abs(product / 4000)).toBeLessThan(0.005)
  })

  test.each(['horizontal', 'vertical'] as const)('half of the images are mirrored: %s', (axis) => {
    const flips = (flip: boolean) =>
      draws({ [`${axis}_flip`]: flip }).filter((transform) => (axis === 'horizontal' ? transform.flipHorizontal : transform.flipVertical))
        .length
    expect(flips(false)).toBe(0)
    expect(Math.abs(flips(true) - 2000)).toBeLessThan(150)
  })

  test('a list of shifts has these and no others, with either sign: shares where all are below 1, else pixels', () => {
    const shifts = (range: number[]) => [...new Set(draws({ width_shift_range: range }).map(({ ty }) => ty))].toSorted((a, b) => a - b)
    expect(shifts([-4, 4])).toEqual([-4, 4])
    expect(shifts([1, 3])).toEqual([-3, -1, 1, 3])
    expect(shifts([0.1])).toEqual([-2, 2])
  })

  test('nothing is drawn where there is no range', () => {
    expect(
      draws({}).every(({ theta, tx, ty, shear, zx, zy }) => [theta, tx, ty, shear, zx - 1, zy - 1].every((value) => Math.abs(value) === 0)),
    ).toBe(true)
  })
})

describe('what is changed', () => {
  const source = Float32Array.from({ length: 800 }, (_, at) => Math.sin(at))
  const changed = (part: 'train' | 'validation' | 'test', occasion = { epoch: 0, row: 5 }) => {
    const spec = { ...still, rotation_range: 20, apply_to: ['train', 'validation'] as const }
    const augment = prepareAugmentation({ ...spec, apply_to: [...spec.apply_to] }, { shape, part, semantics: 'keras-3', seed: 3, scale })
    const target = new Float32Array(800)
    augment?.(source, target, occasion)
    return augment && target
  }

  test('the parts that are named', () => {
    expect(changed('train')).not.toBeNull()
    expect(changed('validation')).not.toBeNull()
    expect(changed('test')).toBeNull()
    expect(prepareAugmentation({ kind: 'none' }, { shape, part: 'train', semantics: 'keras-3', seed: 0, scale })).toBeNull()
  })

  test('an image in its own way in each epoch, and always in the same', () => {
    expect(changed('train')).toEqual(changed('train'))
    expect(changed('train')).not.toEqual(changed('train', { epoch: 1, row: 5 }))
    expect(changed('train')).not.toEqual(changed('train', { epoch: 0, row: 6 }))
  })

  test('with no range, nothing', () => {
    const target = new Float32Array(800)
    prepareAugmentation(still, { shape, part: 'train', semantics: 'keras-2.4', seed: 0, scale })?.(source, target, { epoch: 0, row: 0 })
    expect(target).toEqual(source)
  })
})
