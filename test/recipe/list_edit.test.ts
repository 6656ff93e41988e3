import { describe, expect, test } from 'vitest'
import { BASE, only, useFolder, wrongs } from './fixture.ts'

useFolder()

const layers = `${BASE.replace(/model:.*/, 'model: { layers: [{ kind: conv2d, filters: 4, kernel_size: 3 }, { kind: conv2d, filters: 8, kernel_size: 3 }, { kind: flatten, name: flat }, { kind: dense, units: 7, activation: softmax }] }')}`

const edited = async (edit: string) => {
  const { model } = await only({ 'child.yaml': `extends: base.yaml\nmodel: { layers: ${edit} }\n`, 'base.yaml': layers })
  return model.layers.map((layer) => ('filters' in layer ? `conv ${layer.filters}` : layer.kind))
}

describe('a map on a list changes the list', () => {
  test.each([
    ['{ change: { conv2d_1: { filters: 16 } } }', ['conv 4', 'conv 16', 'flatten', 'dense']],
    ['{ remove: [conv2d] }', ['conv 8', 'flatten', 'dense']],
    ['{ remove: conv2d_1 }', ['conv 4', 'flatten', 'dense']],
    ['{ insert_before: { flat: { kind: dropout, rate: 0.1 } } }', ['conv 4', 'conv 8', 'dropout', 'flatten', 'dense']],
    ['{ insert_after: { conv2d: [{ kind: max_pooling2d }] } }', ['conv 4', 'max_pooling2d', 'conv 8', 'flatten', 'dense']],
    [
      '{ append: { kind: activation, activation: relu }, prepend: [{ kind: zero_padding2d }] }',
      ['zero_padding2d', 'conv 4', 'conv 8', 'flatten', 'dense', 'activation'],
    ],
    // Names are those before anything is changed, whatever the order of the file.
    [
      '{ insert_after: { conv2d_1: { kind: dropout, rate: 0.5 } }, remove: conv2d, change: { conv2d: { filters: 1 } } }',
      ['conv 8', 'dropout', 'flatten', 'dense'],
    ],
    [
      '{ remove: flat, insert_before: { flat: [{ kind: global_average_pooling2d }] } }',
      ['conv 4', 'conv 8', 'global_average_pooling2d', 'dense'],
    ],
    ['{ change: { dense: { kind: flatten } } }', ['conv 4', 'conv 8', 'flatten', 'flatten']],
  ])('%s', async (edit, kinds) => expect(await edited(edit)).toEqual(kinds))
})

describe('problems of changes', () => {
  test.each([
    ['{ change: { conv2d_2: { filters: 3 } } }', 'unknown_item', 'conv2d_2'],
    ['{ remove: [flt] }', 'unknown_item', 'flt'],
    ['{ chnge: {}, append: [] }', 'unknown_key', 'chnge'],
    ['{ change: [] }', 'wrong_type', '[]'],
    ['{ append: [{ kind: dens }] }', 'unknown_kind', 'dens'],
  ])('%s', async (edit, code, words) => {
    const files = { 'child.yaml': `extends: base.yaml\nmodel: { layers: ${edit} }\n`, 'base.yaml': layers }
    expect(await wrongs(files)).toEqual([[code, 'child.yaml', 2, words]])
  })

  test('where there is no list', async () => {
    expect(await wrongs({ 'a.yaml': BASE.replace('epochs: 2', 'epochs: 2, callbacks: { append: [] }') })).toEqual([
      ['wrong_type', 'a.yaml', 6, 'callbacks'],
    ])
  })
})
