import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Chapter } from '../../schema/problems_page.ts'

const documented = (parse(readFileSync('schema/problems.yaml', 'utf8')) as Chapter[]).flatMap(({ problems }) => problems)
const answers = readdirSync('test/recipe/mistakes')
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(join('test/recipe/mistakes', name), 'utf8'))

const codes = documented.map(({ code }) => code)

/** Sources name codes as words in quotes; that one is no code does not compile. */
const codesOf = (text: string): string[] =>
  [...text.matchAll(/'([a-z0-9_]+)'/g)].flatMap(([, word]) => codes.filter((code) => code === word))

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const usedIn = (names: readonly string[]) => new Set(names.flatMap((name) => codesOf(readFileSync(join('src', name), 'utf8'))))
const used = usedIn(sources)
const ofRecipes = usedIn(sources.filter((name) => /^(recipe|plan|model)\//.test(name)))

test('every code that is documented is used, and documented once', () => {
  expect(codes.filter((code) => !used.has(code))).toEqual([])
  expect(codes.filter((code, index) => codes.indexOf(code) < index)).toEqual([])
})

test('the codes are a type, so that one without a page does not compile', () => {
  const type = readFileSync('schema/problem_code.ts', 'utf8')
  expect([...type.matchAll(/'([a-z0-9_]+)'/g)].map(([, code]) => code)).toEqual(codes)
})

describe.each(documented.filter(({ example }) => example !== undefined))('$code', ({ code, example }) => {
  test('has an example that shows it', () => {
    const text = readFileSync(join('test/recipe/mistakes', `${example}.txt`), 'utf8')
    expect(text).toMatch(new RegExp(`^\\S+:\\d+:\\d+ (warning )?${code} {2}`, 'm'))
  })
})

test('every code of recipes, plans and networks has a slip that is answered with it', () => {
  const answered = (code: string) => answers.some((text) => text.includes(` ${code}  `))
  // Of files that are no text, of weights and of records, tests of their own tell.
  const elsewhere = [
    'not_utf8',
    'weights_missing',
    'weights_damaged',
    'weights_other_shapes',
    'weights_other_values',
    'weights_download_failed',
    'augmentation_too_strong',
    'record_damaged',
  ]
  expect([...ofRecipes].filter((code) => !answered(code)).sort()).toEqual(elsewhere.sort())
})
