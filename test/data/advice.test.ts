import { describe, expect, test } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import { dataAdvice, weightAdvice } from '../../src/data/advice.ts'

const spec = (changed: Record<string, unknown> = {}) =>
  ({
    dataset: { kind: 'image_folder' },
    split: { kind: 'stratified_holdout' },
    preprocessing: { rescale: [0, 1] },
    augmentation: { kind: 'none' },
    training: { class_weight: 'none' },
    ...changed,
  }) as unknown as Pick<Spec, 'dataset' | 'split' | 'preprocessing' | 'augmentation' | 'training'>
const data = { classes: ['a', 'b'], images: 20, imageShape: [48, 48, 1] as const, leftOut: [], usageNames: [] }
const even = { train: [6, 6], validation: [2, 2], test: [2, 2] }
const told = (...[facts, of, counts]: Parameters<typeof dataAdvice>) =>
  dataAdvice(facts, of, counts).map(({ code, severity, at, message }) => `${severity} ${code} ${at.join('.')}: ${message}`)

describe('what a plan says of data before anything is trained', () => {
  test('nothing, where all is well', () => expect(told(data, spec(), even)).toEqual([]))

  test('a class that a part has none of', () => {
    expect(told(data, spec(), { train: [6, 8], validation: [2, 2], test: [2, 0] })).toEqual([
      'warning class_left_empty split: By this split, the test set (2 images) has none of b.',
    ])
  })

  test('class weights of a class without a training image are refused here, as the run would', () => {
    const counts = { train: [12, 0], validation: [2, 2], test: [2, 2] }
    expect(told(data, spec({ training: { class_weight: 'balanced' } }), counts)).toEqual([
      'warning class_left_empty split: By this split, the training set (12 images) has none of b.',
      'error class_weight_empty_class training.class_weight: training.class_weight: balanced needs training images of each class; there are none of b.',
    ])
  })

  test('weights that sum to one', () => {
    const [{ message } = { message: '' }] = weightAdvice(spec({ training: { class_weight: 'inverse_frequency' } }), ['a', 'b'])
    expect(message).toBe('These weights sum to 1: training losses come out near 1/2 of the validation losses.')
    expect(weightAdvice(spec(), ['a', 'b'])).toEqual([])
  })

  test('brightness of images that have no black', () => {
    const augmentation = { kind: 'image_data_generator', brightness_range: [0.8, 1.2] }
    const standardized = { rescale: [0, 1], steps: [{ kind: 'standardize' }] }
    expect(told(data, spec({ augmentation }), even)).toEqual([])
    expect(told(data, spec({ augmentation, preprocessing: standardized }), even)).toEqual([
      'error augmentation_scale augmentation.brightness_range: brightness_range is in bytes, and by these steps of preprocessing a byte has become no certain number.',
    ])
  })

  test('images that are in no part', () => {
    expect(told({ ...data, images: 1020 }, spec(), even)).toEqual([
      'warning images_unused split: By this split, 1,000 of 1,020 images are in no part.',
    ])
  })

  test('what was left out, with numbers and names', () => {
    const leftOut = [
      { what: 'of kind .txt', count: 7, examples: ['a/1.txt', 'a/2.txt'] },
      { what: 'that are no face by FER+', count: 176, examples: [] },
    ]
    expect(told({ ...data, leftOut }, spec(), even)).toEqual([
      'warning images_left_out dataset.path: Left out of the data: 7 of kind .txt (a/1.txt, a/2.txt and 5 more); 176 that are no face by FER+.',
    ])
  })

  test('parts that the split does not keep', () => {
    const facts = { ...data, usageNames: ['test', 'train'] }
    expect(told(facts, spec(), even)).toEqual([
      'warning given_parts_unused split: The data come in parts (test, train), and this split divides all of their images anew.',
    ])
    expect(dataAdvice(facts, spec(), even)[0]?.hint).toBe('To keep the parts, write split: { kind: predefined, validation_of_train: 0.1 }.')
    expect(told(facts, spec({ split: { kind: 'predefined' } }), even)).toEqual([])
  })
})
