import { describe, expect, test } from 'vitest'
import { countValues } from '../../../src/data/dataset_payload.ts'
import { loadDataset } from '../../../src/data/load_dataset.ts'
import { splitDataset } from '../../../src/data/splits/table.ts'
import { temporaryFolder } from '../temporary_folder.ts'

const draw = async (images: number, random_state = 0) =>
  loadDataset({ kind: 'synthetic_faces', images, random_state }, { cacheDir: await temporaryFolder(), env: {} })

describe('drawn faces', () => {
  // Where this hash changes, DRAWING_VERSION must change too: caches hold the old drawings, and runs are named by the hash.
  test('are the same on every machine', async () => {
    expect((await draw(70)).sha256).toBe('38b5565dea230d1a380ca69e1253b0b45eed30349ee9a25eface6e8ef9a50988')
    expect((await draw(70, 1)).sha256).not.toBe((await draw(70)).sha256)
  })

  test('say that they are drawn, and have FER2013’s classes and form', async () => {
    expect(await draw(70)).toMatchObject({
      kind: 'synthetic_faces',
      synthetic: true,
      path: null,
      md5: null,
      imageShape: [48, 48, 1],
      classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
    })
  })

  test.each([
    { images: 70, counts: [10, 10, 10, 10, 10, 10, 10] },
    { images: 71, counts: [10, 10, 10, 11, 10, 10, 10] },
    { images: 1000, counts: [138, 24, 143, 243, 167, 114, 171] },
  ])('of $images, each class has at least ten and FER2013’s share of the rest', async ({ images, counts }) => {
    const { labels } = await draw(images)
    expect(countValues(labels, 7)).toEqual(counts)
  })

  test('have a division of their own, with each class in each part', async () => {
    const dataset = await draw(70)
    const split = splitDataset(dataset, { kind: 'usage_column' })
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([56, 7, 7])
    for (const part of ['validation', 'test'] as const) expect(new Set(Array.from(split[part], (row) => dataset.labels[row])).size).toBe(7)
  })

  test('tell how far drawing has come', async () => {
    const told: unknown[] = []
    await loadDataset(
      { kind: 'synthetic_faces', images: 250, random_state: 0 },
      { cacheDir: await temporaryFolder(), env: {}, onProgress: (progress) => told.push(progress) },
    )
    expect(told).toEqual([
      { phase: 'drawing', done: 100, total: 250 },
      { phase: 'drawing', done: 200, total: 250 },
    ])
  })

  // The base CNN reaches about 95 % on 4,000 such images, so what a linear model finds shows that the pixels alone do not give the class away.
  test('cannot be told apart by a linear model of the pixels', async () => {
    const { images, labels } = await draw(1000)
    const { train, test: tested } = linearAccuracy(images, labels, 800)
    expect(train).toBeGreaterThan(0.4)
    expect(tested).toBeLessThan(0.4)
  })
})

const PIXELS = 48 * 48
const CLASSES = 7

/** Trains softmax regression on the first rows by gradient descent; accuracies on them and on the others. */
const linearAccuracy = (images: Uint8Array, labels: Uint8Array, trained: number) => {
  const weights = Array.from({ length: CLASSES }, () => new Float64Array(PIXELS))
  const biases = new Float64Array(CLASSES)
  const pixels = Float64Array.from(images, (byte) => byte / 127.5 - 1)
  const scores = (row: number) => weights.map((ofClass, label) => dot(ofClass, pixels, row * PIXELS) + (biases[label] as number))
  const step = (row: number, rate: number) => {
    for (const [label, probability] of softmax(scores(row)).entries()) {
      const change = -rate * (probability - (labels[row] === label ? 1 : 0))
      add(weights[label] as Float64Array, pixels, { from: row * PIXELS, times: change })
      biases[label] = (biases[label] as number) + change
    }
  }
  const isRight = (row: number) => {
    const found = scores(row)
    return found.indexOf(Math.max(...found)) === labels[row]
  }
  const share = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at).filter(isRight).length / (to - from)
  for (let epoch = 0; epoch < 10; epoch++) for (let row = 0; row < trained; row++) step(row, 2e-3)
  return { train: share(0, trained), test: share(trained, labels.length) }
}

const dot = (weights: Float64Array, values: Float64Array, from: number) => {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += (weights[at] as number) * (values[from + at] as number)
  return sum
}

const add = (weights: Float64Array, values: Float64Array, { from, times }: { from: number; times: number }) => {
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) + times * (values[from + at] as number)
}

const softmax = (values: readonly number[]) => {
  const exponents = values.map((value) => Math.exp(value - Math.max(...values)))
  const sum = exponents.reduce((all, value) => all + value, 0)
  return exponents.map((value) => value / sum)
}
