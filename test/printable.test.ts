import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printable, printableJson, printableLine } from '../src/printable.ts'

const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u
/** Texts in which what a terminal obeys is frequent. */
const texts = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('\u202e', '\u2028', 'é', '大'),
  ),
})

describe('what a terminal would obey', () => {
  test('becomes a sign for it', () => {
    expect(printable('\u001b]0;mine\u0007 \u007f \u009b2J \u202Egnp.exe')).toBe('␛]0;mine␇ ␡ \ufffd2J \ufffdgnp.exe')
    expect(printable('a\tb\nc\r\n')).toBe('a\tb\nc␍\n')
    expect(printableLine('a\tb\nc')).toBe('a\tb␊c')
  })

  test('is never left, whatever the text; letters stay where they were', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printable(text).replace(/[\n\t]/g, '')).not.toMatch(OBEYED)
        expect(printableLine(text).replaceAll('\t', '')).not.toMatch(OBEYED)
        expect(printable(text)).toHaveLength(text.length)
        expect(printable(printable(text))).toBe(printable(text))
      }),
    )
  })

  test('is an escape in JSON, of the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(texts, texts), (value) => {
        const json = printableJson(value)
        expect(json.replaceAll('\n', '')).not.toMatch(OBEYED)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
