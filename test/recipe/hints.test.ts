import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Fix, Problem } from '../../src/problem.ts'
import { type Mistake, mistakes } from './mistakes/mistakes.ts'
import { checked, problemsIn, textOf } from './mistakes/problems_of.ts'

/** What a hint proposes is an edit too, so that it can be tried. */
const PROPOSES = /\b[Ww]rite (?!the )|Did you mean "/

const put = (text: string, { start, end, text: other }: Fix): string => text.slice(0, start) + other + text.slice(end)

/** What is wrong once an edit is made: in the recipe, or in the argument that it belongs to. */
const after = async ({ name, edits, options = {} }: Mistake, fix: Fix): ReturnType<typeof checked> => {
  const text = textOf({ name, edits })
  if (basename(fix.file) === 'mine.yaml') return checked(put(text, fix), options)
  if (fix.file === '--profile') return checked(text, { ...options, profile: put(String(options.profile), fix) })
  return checked(text, {
    ...options,
    [fix.file.slice(2)]: ((fix.file === '--set' ? options.set : options.sweep) ?? []).map((argument) => put(argument, fix)),
  })
}

const errors = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error')
/** The same problem, wherever the edit has moved it to. */
const isSame = (a: Problem, b: Problem) => a.code === b.code && a.message === b.message && a.place?.line === b.place?.line

describe.each(mistakes)('$name', (mistake) => {
  test('what is proposed helps', async () => {
    const before = await problemsIn(textOf(mistake), mistake.options)
    for (const problem of before) {
      const { hint = '', fixes = [] } = problem
      if (PROPOSES.test(hint)) expect(fixes, `${problem.code}: ${hint}`).not.toEqual([])
      for (const fix of fixes) {
        expect(hint).toContain(fix.text.replace(/^[,\s]+/, ''))
        const { isRead, problems: left } = await after(mistake, fix)
        const what = `${hint} → ${left.map(({ code, message }) => `${code} ${message}`).join(' / ')}`
        expect(
          left.some((other) => isSame(problem, other)),
          what,
        ).toBe(false)
        // Nothing else is wrong there now. Of a kind that is found, what it lacks may be told; once a recipe can be read, what does not fit.
        if (isRead) continue
        const known = (other: Problem) => before.some((one) => one.code === other.code && one.message === other.message)
        expect(
          errors(left).filter((other) => !known(other) && other.code !== 'missing_key'),
          what,
        ).toEqual([])
      }
    }
  })
})
