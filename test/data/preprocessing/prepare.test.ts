import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Preprocessing, Step } from '../../../schema/recipe.ts'
import { preparation, trainingStatistics } from '../../../src/data/preprocessing/prepare.ts'
import { preprocessingProblems } from '../../../src/data/preprocessing/problems.ts'
import { inputShape } from '../../../src/input_shape.ts'
import { relativeDifference } from '../../relative_difference.ts'

type Shape = [number, number, number]
type Case = {
  shape: Shape
  bytes: number[]
  equalize: number[]
  standardize_image: number[]
  caffe?: number[]
  tf?: number[]
  torch?: number[]
}
type Golden = { images: Case[]; featurewise: { shape: Shape; images: number[][]; rows: number[]; standardized: number[][] } }
const golden = JSON.parse(readFileSync(new URL('../../golden/preprocessing.json', import.meta.url), 'utf8')) as Golden

const shared = (values: readonly number[]) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length))
  bytes.set(values)
  return bytes
}
const of = (steps: Step[], more: Partial<Preprocessing> = {}): Preprocessing => ({ rescale: [0, 1], ...more, steps })

/** The numbers of one image. */
const prepared = (imageShape: Shape, bytes: readonly number[], preprocessing: Preprocessing): number[] => {
  const { shape, prepare } = preparation({ images: shared(bytes), imageShape }, preprocessing, null)
  expect(shape).toEqual(inputShape(preprocessing, imageShape))
  const target = new Float32Array(shape[0] * shape[1] * shape[2])
  prepare(0, target)
  return [...target]
}

describe.each(golden.images.map((image, number) => ({ number, ...image })))('image $number, $shape', ({ shape, bytes, ...expected }) => {
  test('equalize is Pillow’s, to the byte', () => {
    expect(prepared(shape, bytes, of([{ kind: 'equalize' }], { rescale: [0, 255] }))).toEqual(expected.equalize)
  })

  test('standardize_image is TensorFlow’s', () => {
    const found = prepared(shape, bytes, of([{ kind: 'standardize_image' }]))
    expect(relativeDifference(found, expected.standardize_image)).toBeLessThan(1e-5)
  })

  test.each(['caffe', 'tf', 'torch'] as const)('preprocess_input, %s, is Keras’', (mode) => {
    const wanted = expected[mode]
    if (wanted) expect(relativeDifference(prepared(shape, bytes, of([{ kind: 'preprocess_input', mode }])), wanted)).toBeLessThan(1e-6)
  })
})

test('standardize is Keras’ featurewise, by the training images alone', () => {
  const { shape, images, rows, standardized } = golden.featurewise
  const dataset = { images: shared(images.flat()), imageShape: shape }
  const preprocessing = of([{ kind: 'standardize' }])
  const { prepare } = preparation(dataset, preprocessing, trainingStatistics(dataset, preprocessing, Int32Array.from(rows)))
  for (const [row, wanted] of standardized.entries()) {
    const found = new Float32Array(wanted.length)
    prepare(row, found)
    expect(relativeDifference([...found], wanted)).toBeLessThan(1e-5)
  }
})

describe('steps', () => {
  const gray = { shape: [4, 4, 1] as Shape, bytes: Array.from({ length: 16 }, (_, at) => at * 10) }

  test('are done in their order; what stays bytes is rescaled at the end', () => {
    const crop: Step = { kind: 'center_crop', size: [2, 2] }
    expect(prepared(gray.shape, gray.bytes, of([crop], { rescale: [0, 255] }))).toEqual([50, 60, 90, 100])
    expect(prepared(gray.shape, gray.bytes, of([crop, { kind: 'rgb' }, { kind: 'rescale', range: [-1, 1] }]))).toEqual(
      [50, 60, 90, 100].flatMap((byte) => Array<number>(3).fill(Math.fround((byte / 255) * 2 - 1))),
    )
    const resize: Step = { kind: 'resize', image_size: [2, 2], interpolation: 'box', crop_to_aspect_ratio: false }
    expect(prepared(gray.shape, gray.bytes, of([resize], { rescale: [0, 255] }))).toEqual([25, 45, 105, 125])
    expect(prepared(gray.shape, gray.bytes, of([crop, resize], { rescale: [0, 255] }))).toEqual([50, 60, 90, 100])
  })

  test('a crop larger than the image has zeros round it', () => {
    expect(prepared([1, 2, 1], [7, 8], of([{ kind: 'center_crop', size: [3, 3] }], { rescale: [0, 255] }))).toEqual([
      0, 0, 0, 7, 8, 0, 0, 0, 0,
    ])
  })

  test('colours and normalization by given numbers', () => {
    const steps: Step[] = [{ kind: 'grayscale' }, { kind: 'normalize', mean: [0.5], std: [0.25] }]
    expect(prepared([1, 1, 3], [200, 0, 0], of(steps))[0]).toBeCloseTo((60 / 255 - 0.5) / 0.25, 6)
    expect(prepared([1, 1, 1], [9], of([], { color_mode: 'rgb', rescale: [0, 255] }))).toEqual([9, 9, 9])
  })

  test('that cannot be are told, with what helps', () => {
    const told = (steps: Step[], more: Partial<Preprocessing> = {}) =>
      preprocessingProblems(of(steps, more), [4, 4, 1]).map(({ code, at, hint }) => `${code} ${at.join('.')}: ${hint}`)
    expect(told([{ kind: 'standardize' }, { kind: 'equalize' }])).toEqual([
      'preprocessing_order preprocessing.steps.1: Put it above standardize.',
    ])
    expect(told([{ kind: 'standardize' }], { rescale: [-1, 1] })).toEqual([
      'preprocessing_order preprocessing.rescale: Leave rescale out; it can be a step: { kind: rescale, range: [-1, 1] }.',
    ])
    expect(told([{ kind: 'preprocess_input', mode: 'caffe' }])).toEqual([
      'preprocessing_channels preprocessing.steps.0: Put { kind: rgb } above it, which repeats the gray channel.',
    ])
    expect(told([{ kind: 'rgb' }, { kind: 'preprocess_input', mode: 'caffe' }, { kind: 'normalize', mean: [0.5], std: [1, 1] }])).toEqual([
      'preprocessing_channels preprocessing.steps.2: Give one of each for all channels, or one for each channel.',
    ])
    expect(told([{ kind: 'equalize' }], { rescale: [-1, 1] })).toEqual([])
  })
})
