import { describe, expect, test } from 'vitest'
import { BASE, recipeOf, useFolder, wrongs } from './fixture.ts'

useFolder()

const PATHS = `${BASE}matrix: { training.batch_size: [4, 32], training.optimizer.learning_rate: [1.0e-3, 0.1] }\n`
const NAMES = `${BASE}matrix:
  training.batch_size: { 4: { training: { batch_size: 4 } }, 32: { training: { batch_size: 32 } } }
  training.optimizer.learning_rate: { 1.0e-3: { training: { optimizer: { learning_rate: 1.0e-3 } } }, 0.1: { training: { optimizer: { learning_rate: 0.1 } } } }
`
const cellsOf = async (text: string, options = {}) => (await recipeOf({ 'a.yaml': text }, options)).cells
const sizes = async (text: string, options = {}) => (await cellsOf(text, options)).map(({ spec }) => spec.training.batch_size)

describe('an axis of a path', () => {
  test('is the same cells, of the same names and specs, as its long form', async () => {
    expect(await cellsOf(PATHS)).toEqual(await cellsOf(NAMES))
    expect((await recipeOf({ 'a.yaml': PATHS })).axes).toEqual([
      { name: 'training.batch_size', values: ['4', '32'] },
      { name: 'training.optimizer.learning_rate', values: ['1.0e-3', '0.1'] },
    ])
  })

  test.each([
    [
      'a section',
      'augmentation: [none, { kind: image_data_generator, rotation_range: 4 }]',
      ['none', '{ kind: image_data_generator, rotation_range: 4 }'],
    ],
    ['an item of a list', 'model.layers.1.activation: [linear, softmax]', ['linear', 'softmax']],
    ['a change of a list', 'model.layers.change.dense.activation: [linear, softmax]', ['linear', 'softmax']],
    ['lists', 'preprocessing.rescale: [[0, 1], [-1, 1]]', ['[0, 1]', '[-1, 1]']],
    ['a kind alone', 'training.optimizer: [adam, sgd]', ['adam', 'sgd']],
  ])('varies %s', async (_, axis, names) => {
    const cells = await cellsOf(`${BASE}matrix:\n  ${axis}\n`)
    expect(cells.map(({ cell }) => Object.values(cell)[0])).toEqual(names)
    expect(new Set(cells.map(({ spec }) => JSON.stringify(spec))).size).toBe(names.length)
  })

  test('is replaced by a list on top of it, and combines with tables, exclusions and zip', async () => {
    const child = { 'child.yaml': 'extends: base.yaml\nmatrix: { training.batch_size: [8] }\n', 'base.yaml': PATHS }
    expect((await recipeOf(child)).cells.map(({ spec }) => spec.training.batch_size)).toEqual([8, 8])
    expect(await sizes(`${PATHS}exclude: [{ training.batch_size: 4 }]\n`)).toEqual([32, 32])
    expect(await sizes(`${PATHS}zip: [[training.batch_size, training.optimizer.learning_rate]]\n`)).toEqual([4, 32])
    expect(await sizes(`${PATHS}profiles: { q: { matrix: { training.batch_size: [1] } } }\n`, { profile: 'q' })).toEqual([1, 1])
  })

  test('whose values something later replaces is told', async () => {
    const text = `${PATHS}exceptions: [{ where: { training.batch_size: 4 }, training: { batch_size: 16 } }]\n`
    expect(await wrongs({ 'a.yaml': text })).toEqual([['no_effect', 'a.yaml', 7, '4']])
  })
})

describe('--sweep', () => {
  test('is one more axis, on top of everything but --set', async () => {
    const profiles = `${BASE}profiles: { q: { training: { batch_size: 1 } } }\n`
    expect(await sizes(BASE, { sweep: ['training.batch_size=4,32'] })).toEqual([4, 32])
    expect(await sizes(profiles, { profile: 'q', sweep: ['training.batch_size=[4, 32]'] })).toEqual([4, 32])
    expect(await sizes(PATHS, { sweep: ['training.batch_size=7'] })).toEqual([7, 7])
    const cells = await cellsOf(BASE, { sweep: ['preprocessing.rescale=[0, 1],[-1, 1]', 'training.loss=mean_squared_error'] })
    expect(cells.map(({ spec }) => [spec.preprocessing.rescale, spec.training.loss.kind])).toEqual([
      [[0, 1], 'mean_squared_error'],
      [[-1, 1], 'mean_squared_error'],
    ])
  })

  test('is the same cells as in the recipe', async () => {
    const sweep = ['training.batch_size=4,32', 'training.optimizer.learning_rate=1.0e-3,0.1']
    expect(await cellsOf(BASE, { sweep })).toEqual(await cellsOf(PATHS))
  })

  test('points into the argument', async () => {
    expect(await wrongs({ 'a.yaml': BASE }, { sweep: ['training.epochs=3,many'] })).toEqual([['wrong_type', '--sweep', 1, 'many']])
    expect(await wrongs({ 'a.yaml': BASE }, { sweep: ['training.epochs='] })).toEqual([['set_form', '--sweep', 1, 'training.epochs']])
    expect(await wrongs({ 'a.yaml': BASE }, { sweep: ['training.epochs=1,[2'] })).toEqual([['set_form', '--sweep', 1, '1,[2']])
    expect(await wrongs({ 'a.yaml': BASE }, { sweep: ['seeds=1,2'] })).toEqual([['unknown_path', '--sweep', 1, 'seeds']])
  })
})
