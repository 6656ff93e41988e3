import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/problem.ts'
import { chosenBy } from '../../src/study/chosen_by.ts'

const recipe = {
  axes: [
    { name: 'model', values: ['My CNN', 'VGG16'] },
    { name: 'a=b', values: ['1=1', '2'] },
  ],
  seeds: [0, 7],
}
/** All combinations but one, which the recipe excludes. */
const runs = ['My CNN', 'VGG16']
  .flatMap((model) => ['1=1', '2'].map((value) => ({ model, 'a=b': value })))
  .filter((cell) => !(cell.model === 'VGG16' && cell['a=b'] === '2'))
  .flatMap((cell) => recipe.seeds.map((seed) => ({ cell, seed })))

const chosen = (only: string[], seed: number[] = []) =>
  chosenBy(runs, recipe, { only, seed }).map(({ cell, seed }) => [...Object.values(cell), seed].join(' '))

describe('runs are chosen', () => {
  test('by nothing: all', () => expect(chosen([])).toHaveLength(6))
  test('by a value', () => expect(chosen(['model=VGG16'])).toEqual(['VGG16 1=1 0', 'VGG16 1=1 7']))
  test('by a seed', () => expect(chosen([], [7])).toEqual(['My CNN 1=1 7', 'My CNN 2 7', 'VGG16 1=1 7']))
  test('by values of two axes and a seed', () => expect(chosen(['model=My CNN', 'a=b=2'], [0])).toEqual(['My CNN 2 0']))
  test('by "=" in names', () => expect(chosen(['a=b=1=1'], [0])).toEqual(['My CNN 1=1 0', 'VGG16 1=1 0']))
  test('by two values of one axis, which are alternatives', () => expect(chosen(['model=VGG16', 'model=My CNN'])).toHaveLength(6))
})

describe('what names nothing is wrong usage', () => {
  test.each([
    ['an axis', ['modle=VGG16'], [], 'The recipe has no axis "modle".', 'Did you mean "model"? It has: model, a=b.'],
    ['a value', ['model=VGG 16'], [], 'The axis "model" has no value "VGG 16".', 'Did you mean "VGG16"? It has: My CNN, VGG16.'],
    ['no axis', ['VGG16'], [], '--only VGG16: it has the form axis=value.', 'Write --only model=VGG16.'],
    ['no value', ['model'], [], 'the form axis=value.', "Write --only 'model=My CNN', or --only model=VGG16."],
    ['no value of an axis with "="', ['a=b'], [], 'the form axis=value.', 'Write --only a=b=1=1, or --only a=b=2.'],
    ['no value of a mistyped axis', ['modle'], [], 'the form axis=value.', 'Write --only '],
    ['no word of it', ['other'], [], 'the form axis=value.', 'The axes are: model, a=b.'],
    ['nothing', ['model='], [], 'The axis "model" has no value "".', 'It has: My CNN, VGG16.'],
    ['a seed', [], [1], '--seed 1: the recipe has no such seed.', 'It has: 0, 7.'],
    ['a cell', ['model=VGG16', 'a=b=2'], [], 'No cell of the recipe is model=VGG16 and a=b=2.', 'Such cells are excluded'],
  ])('%s', (_name, only, seed, message, hint) => {
    const failure = (() => {
      try {
        return chosen(only, seed)
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(UserError)
    const { exitStatus, problems } = failure as UserError
    expect(exitStatus).toBe(2)
    expect(problems).toMatchObject([{ message: expect.stringContaining(message), hint: expect.stringContaining(hint) }])
  })

  test('what is proposed for an axis without a value works', () => {
    try {
      chosen(['model'])
    } catch (error) {
      const [{ hint = '' } = {}] = (error as UserError).problems
      const proposed = [...hint.matchAll(/--only ('.+?'|\S+?)(?=, or|\.$)/g)].map(([, one = '']) => one.replaceAll("'", ''))
      expect(proposed).toHaveLength(2)
      for (const one of proposed) expect(chosen([one]).length).toBeGreaterThan(0)
    }
    expect.assertions(3)
  })

  test('a recipe without axes has none', () => {
    expect(() => chosenBy(runs, { ...recipe, axes: [] }, { only: ['model=x'], seed: [] })).toThrow('The recipe has no axis "model".')
  })
})
