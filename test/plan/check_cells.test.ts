import { expect, test } from 'vitest'
import { checkCells } from '../../src/plan/check_cells.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const facts = { imageShape: [48, 48, 1] as const, classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }

const problemsOf = async (set: string[], recipe = 'recipes/examples/quickstart.yaml') => {
  const loaded = await loadRecipe(recipe, { set })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return checkCells(loaded.recipe, () => facts).problems
}

test('layers that do not fit are told once, where they are written, with the layers up to there', async () => {
  const problems = await problemsOf([], 'recipes/paper/as-reported.yaml')
  expect(problems).toEqual([])
  const [problem, ...others] = await problemsOf(['model.layers={ remove: flatten }'])
  expect(others).toEqual([])
  expect(problem).toMatchObject({ code: 'needs_vector', severity: 'error', place: { file: 'recipes/examples/quickstart.yaml' } })
  expect(problem?.place?.lineText).toContain('units: 64')
  expect(problem?.hint).toContain('max_pooling2d_1  12×12×32')
})

test('a cross-entropy without softmax is a warning', async () => {
  const problems = await problemsOf(['model.layers={ change: { dense_1: { activation: linear } } }'])
  expect(problems.map(({ code, severity, place }) => [code, severity, place?.file])).toEqual([['output_not_softmax', 'warning', '--set']])
  expect(
    await problemsOf(['model.layers={ change: { dense_1: { activation: linear } } }', 'training.loss={ kind: mean_squared_error }']),
  ).toEqual([])
})

test("a paper's matrix has as many rows and columns as there are classes", async () => {
  const claimed = (rows: number[][]) => problemsOf([`charts.1.claimed=${JSON.stringify(rows)}`])
  const seven = Array.from({ length: 7 }, () => [1, 2, 3, 4, 5, 6, 7])
  expect(await claimed(seven)).toEqual([])
  expect(await claimed(seven.slice(1))).toMatchObject([{ code: 'claimed_matrix', place: { file: '--set' } }])
  expect(await claimed([...seven.slice(1), [1]])).toMatchObject([{ message: expect.stringContaining('1 numbers in row 7') }])
})
