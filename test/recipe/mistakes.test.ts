import { describe, expect, test } from 'vitest'
import { problemText } from '../../src/problem_text.ts'
import { mistakes } from './mistakes/mistakes.ts'
import { base, folder, problemsIn, textOf } from './mistakes/problems_of.ts'

test('the recipe without a mistake is right', async () => expect(await problemsIn(base)).toEqual([]))

test('there are at least 60, of different names', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(60)
  expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length)
})

describe.each(mistakes)('$name', (mistake) => {
  test('is told', async () => {
    const problems = await problemsIn(textOf(mistake), mistake.options)
    expect(problems.length).toBeGreaterThan(0)
    await expect(`${problemText(problems).replaceAll(`${folder}/`, '').replaceAll(folder, '.')}\n`).toMatchFileSnapshot(
      `mistakes/${mistake.name}.txt`,
    )
  })
})
