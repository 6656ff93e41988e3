import { describe, expect, test } from 'vitest'
import { BASE, only, useFolder, wrongs } from './fixture.ts'

useFolder()

const LONG = `
about: { title: Base }
dataset: { kind: synthetic_faces }
split: { kind: stratified_holdout }
augmentation: { kind: none }
model: { layers: [{ kind: conv2d, filters: 4, kernel_size: 3 }, { kind: flatten }, { kind: dense, units: 7, activation: softmax }] }
training: { optimizer: { kind: adam }, loss: { kind: categorical_crossentropy }, epochs: 2, callbacks: [{ kind: terminate_on_nan }, { kind: early_stopping }] }
`
const SHORT = `
about: { title: Base }
dataset: synthetic_faces
split: stratified_holdout
augmentation: none
model:
  layers:
    - { kind: conv2d, filters: 4, kernel_size: 3 }
    - flatten
    - { kind: dense, units: 7, activation: softmax }
training:
  optimizer: adam
  loss: categorical_crossentropy
  epochs: 2
  callbacks: [terminate_on_nan, early_stopping]
`

describe('a kind alone', () => {
  test('is the same spec as its long form', async () => {
    expect(await only({ 'short.yaml': SHORT })).toEqual(await only({ 'long.yaml': LONG }))
  })

  test('merges as its long form: the same kind keeps the rest, another one replaces it', async () => {
    const base = BASE.replace('{ kind: adam }', '{ kind: adam, beta_1: 0.8 }')
    const optimizer = async (kind: string) => {
      const child = `extends: base.yaml\ntraining: { optimizer: ${kind} }\n`
      return (await only({ 'child.yaml': child, 'base.yaml': base })).training.optimizer
    }
    expect(await optimizer('adam')).toEqual(await optimizer('{ kind: adam }'))
    expect(await optimizer('adam')).toMatchObject({ beta_1: 0.8 })
    expect(await optimizer('sgd')).toEqual(await optimizer('{ kind: sgd }'))
  })

  test.each([
    [
      'in changes of a list',
      'model: { layers: { insert_before: { dense: dropout_layer }, append: [flatten] } }',
      ['flatten', 'dropout_layer', 'dense', 'flatten'],
    ],
    ['in a profile', 'profiles: { q: { model: { layers: [flatten, flatten] } } }', ['flatten', 'flatten']],
    ['in a matrix', 'matrix: { a: { x: { model: { layers: [flatten] } } } }', ['flatten']],
    ['in an exception', 'matrix: { a: { x: {} } }\nexceptions: [{ where: { a: x }, model: { layers: [flatten] } }]', ['flatten']],
  ])('%s', async (_, more, kinds) => {
    const text = `${BASE}${more.replace('dropout_layer', 'global_average_pooling2d')}\n`
    const file = more.startsWith('model')
      ? { 'child.yaml': `extends: base.yaml\n${text.slice(BASE.length)}`, 'base.yaml': BASE }
      : { 'a.yaml': text }
    const { model } = await only(file, more.startsWith('profiles') ? { profile: 'q' } : {})
    expect(model.layers.map(({ kind }) => kind)).toEqual(kinds.map((kind) => kind.replace('dropout_layer', 'global_average_pooling2d')))
  })

  test('on the command line', async () => {
    const spec = await only({ 'a.yaml': BASE }, { set: ['training.loss=mean_squared_error', 'model.layers.0=global_average_pooling2d'] })
    expect(spec.training.loss.kind).toBe('mean_squared_error')
    expect(spec.model.layers[0]?.kind).toBe('global_average_pooling2d')
  })

  test('that there is not, or that needs more, is told where it stands', async () => {
    expect(await wrongs({ 'a.yaml': SHORT.replace('- flatten', '- Flatn').replace('optimizer: adam', 'optimizer: adm') })).toEqual([
      ['unknown_kind', 'a.yaml', 9, 'Flatn'],
      ['unknown_kind', 'a.yaml', 12, 'adm'],
    ])
    expect(await wrongs({ 'a.yaml': SHORT.replace('- flatten', '- dropout') })).toEqual([['missing_key', 'a.yaml', 9, 'dropout']])
  })
})
