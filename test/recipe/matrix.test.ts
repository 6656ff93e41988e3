import { describe, expect, test } from 'vitest'
import { BASE, recipeOf, useFolder, wrongs } from './fixture.ts'

useFolder()

const matrix = `${BASE}matrix:
  size: { a: { training: { batch_size: 4 } }, b: { training: { batch_size: 8 } } }
  rate: { low: { training: { optimizer: { learning_rate: 0.1 } } }, high: { training: { optimizer: { learning_rate: 0.2 } } } }
`

const cellsOf = async (more: string) => {
  const { cells, axes } = await recipeOf({ 'a.yaml': matrix + more })
  return { names: cells.map(({ cell }) => Object.values(cell).join(' ')), axes: axes.map(({ values }) => values), cells }
}

describe('the matrix', () => {
  test('every combination, in the order of the file', async () => {
    expect((await cellsOf('')).names).toEqual(['a low', 'a high', 'b low', 'b high'])
  })

  test('exclude leaves cells out, and names that no cell is left of', async () => {
    expect((await cellsOf('exclude: [{ size: b, rate: low }]\n')).names).toEqual(['a low', 'a high', 'b high'])
    expect((await cellsOf('exclude: [{ size: b }]\n')).axes).toEqual([['a'], ['low', 'high']])
  })

  test('zip lets axes vary together', async () => {
    const { names, cells } = await cellsOf('zip: [[size, rate]]\n')
    expect(names).toEqual(['a low', 'b high'])
    expect(cells.map(({ spec: { training } }) => [training.batch_size, training.optimizer.learning_rate])).toEqual([
      [4, 0.1],
      [8, 0.2],
    ])
  })

  test('include adds cells, of old names and of new ones', async () => {
    const { names, axes, cells } = await cellsOf('include: [{ cell: { size: a, rate: none }, training: { epochs: 9 } }]\n')
    expect(names).toEqual(['a low', 'a high', 'b low', 'b high', 'a none'])
    expect(axes).toEqual([
      ['a', 'b'],
      ['low', 'high', 'none'],
    ])
    expect(cells[4]?.spec.training).toMatchObject({ batch_size: 4, epochs: 9, optimizer: { learning_rate: 0.001 } })
  })

  test('exceptions come after the axes, in order', async () => {
    const { cells } = await cellsOf(
      'exceptions: [{ where: { size: a }, training: { batch_size: 1 } }, { where: { size: a, rate: high }, training: { batch_size: 2 } }]\n',
    )
    expect(cells.map(({ spec }) => spec.training.batch_size)).toEqual([1, 2, 8, 8])
  })

  test('what cells require adds up', async () => {
    const text = matrix
      .replace('a: { training', 'a: { requires: [{ kind: file, path: x }], training')
      .replace('low: { training', 'low: { requires: [{ kind: weights, weights: vgg16_imagenet }], training')
    const { cells } = await recipeOf({ 'a.yaml': `${text}requires: [{ kind: file, path: all }]\n` })
    expect(cells.map(({ requires }) => requires.map((one) => (one.kind === 'file' ? one.path : one.weights)).join())).toEqual([
      'all,x,vgg16_imagenet',
      'all,x',
      'all,vgg16_imagenet',
      'all',
    ])
  })

  test('a profile can exclude, add axes and choose seeds', async () => {
    const profile = 'profiles: { q: { exclude: [{ size: b }], matrix: { rate: { mid: { training: { epochs: 3 } } } }, seeds: [1, 2] } }\n'
    const { cells, seeds } = await recipeOf({ 'a.yaml': matrix + profile }, { profile: 'q' })
    expect(cells.map(({ cell }) => Object.values(cell).join(' '))).toEqual(['a low', 'a high', 'a mid'])
    expect(seeds).toEqual([1, 2])
  })
})

describe('problems of the matrix', () => {
  test.each([
    ['zip: [[size, rat]]\n', 'unknown_axis', 'rat'],
    ['zip: [[size, rate], [rate, size]]\n', 'repeated', 'rate'],
    ['exclude: [{ size: c }]\n', 'unknown_axis_value', 'c'],
    ['include: [{ cell: { size: a } }]\n', 'missing_key', '{ size: a }'],
    ['include: [{ cell: { size: a, rate: x, depth: 1 } }]\n', 'unknown_axis', 'depth'],
    ['include: [{ cell: { size: a, rate: low } }]\n', 'repeated', '{ size: a, rate: low }'],
    ['include: [{ cell: { size: a, rate: Low }, training: { optimizer: { learning_rate: 0.1 } } }]\n', 'same_cells', 'include'],
    [
      'exclude: [{ size: a, rate: low }]\nexceptions: [{ where: { size: a, rate: low }, training: { epochs: 3 } }]\n',
      'no_such_cell',
      '{ size: a, rate: low }',
    ],
    ['exceptions: [{ where: {}, training: { batch_size: 1 } }, { where: {}, training: { batch_size: 2 } }]\n', 'same_cells', 'b'],
  ])('%s', async (more, code, words) => {
    const found = await wrongs({ 'a.yaml': matrix + more })
    expect(found.map(([one, , , text]) => [one, text])).toContainEqual([code, words])
  })

  test('axes of different lengths do not zip', async () => {
    const text = matrix.replace('low: {', 'mid: { training: { optimizer: { learning_rate: 0.3 } } }, low: {')
    expect(await wrongs({ 'a.yaml': `${text}zip: [[size, rate]]\n` })).toEqual([['zip_length', 'a.yaml', 10, '[size, rate]']])
  })

  test('a value that something later replaces everywhere has no effect', async () => {
    const text = `${matrix}exceptions: [{ where: { size: a }, training: { batch_size: 16 } }]\n`
    expect(await wrongs({ 'a.yaml': text })).toEqual([['no_effect', 'a.yaml', 8, '4']])
  })

  test('more cells than can be meant', async () => {
    const axis = (name: string) => `  ${name}: { ${Array.from({ length: 22 }, (_, i) => `v${i}: {}`).join(', ')} }\n`
    expect(await wrongs({ 'a.yaml': `${BASE}matrix:\n${axis('a')}${axis('b')}${axis('c')}` })).toEqual([
      ['too_large', 'a.yaml', 7, 'matrix'],
    ])
  })
})
