import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BASE, load, useFolder } from './fixture.ts'

useFolder()

/** What recipes are made of, and what people and programs put between it. */
const WORDS = ['a', 'training', 'model', 'layers', 'kind', 'flatten', 'matrix', 'training.batch_size', '3', '(3, 3)', '1./255', '64x64']
const SIGNS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  ',',
  ' ',
  '\n',
  '\n  ',
  '- ',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '<<: ',
  '!!x ',
  '\t',
  '?',
  '|',
  '>',
  '%',
  '@',
]
const FOREIGN = ['\u00a0', '\u3000', '：', '，', `$\{X}`, '\ufeff', '\u200b', '−', '“', '\u001b']
const texts = fc.array(fc.constantFrom(...WORDS, ...SIGNS, ...FOREIGN), { maxLength: 30 }).map((parts) => parts.join(''))

test('whatever is written, also on the command line, gets an answer', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(texts, fc.boolean(), async (text, isRecipe) => {
      const loaded = await load({ 'a.yaml': isRecipe ? BASE + text : text })
      if (!loaded.ok) expect(loaded.problems.length).toBeGreaterThan(0)
      await load({ 'b.yaml': BASE }, { set: [text, `training.epochs=${text}`], sweep: [text, `training.epochs=${text}`] })
    }),
    { numRuns: 300 },
  )
})
