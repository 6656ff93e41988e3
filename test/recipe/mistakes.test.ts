import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkCells } from '../../src/plan/check_cells.ts'
import type { Problem } from '../../src/problem.ts'
import { problemText } from '../../src/problem_text.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import { type Mistake, mistakes } from './mistakes/mistakes.ts'

const base = readFileSync(join(import.meta.dirname, 'mistakes/base.yaml'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'ferment-mistakes-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'base.yaml'), base)

/** The drawn faces, as if they had been read before. */
const facts = {
  imageShape: [48, 48, 1] as const,
  classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
  sizes: { train: 560, validation: 70, test: 70 },
  classCounts: [97, 19, 100, 165, 117, 81, 121],
}
const sizesOf = (testSize: number) => {
  const held = Math.ceil(700 * testSize)
  return { train: 700 - held, validation: Math.floor(held / 2), test: Math.ceil(held / 2) }
}

const problemsOf = async ({ name, edits, options }: Mistake): Promise<readonly Problem[]> => {
  const text = edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`${name}: base.yaml has no "${from}"`)
    return before.replace(from, () => to)
  }, base)
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, text)
  const loaded = await loadRecipe(file, options)
  if (!loaded.ok) return loaded.problems
  const { recipe } = loaded
  const { problems } = checkCells(recipe, ({ spec }) => ({
    ...facts,
    sizes: sizesOf(spec.split.kind === 'stratified_holdout' ? spec.split.test_size : 0.2),
  }))
  return [...recipe.warnings, ...problems]
}

test('the recipe without a mistake is right', async () => expect(await problemsOf({ name: 'none', edits: [] })).toEqual([]))

test('there are at least 60, of different names', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(60)
  expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length)
})

describe.each(mistakes)('$name', (mistake) => {
  test('is told', async () => {
    const problems = await problemsOf(mistake)
    expect(problems.length).toBeGreaterThan(0)
    await expect(`${problemText(problems).replaceAll(`${folder}/`, '').replaceAll(folder, '.')}\n`).toMatchFileSnapshot(
      `mistakes/${mistake.name}.txt`,
    )
  })
})
