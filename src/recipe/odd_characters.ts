/** Characters that look like nothing, like a space, or like a sign of YAML, and are none. */
const NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'non-breaking space',
  '\u202f': 'narrow non-breaking space',
  '\u3000': 'full-width space',
  '\u200b': 'zero-width space',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2060': 'word joiner',
  '\ufeff': 'byte order mark',
  '\u00ad': 'soft hyphen',
  '\uff1a': 'full-width colon',
  '\uff0c': 'full-width comma',
  '\u2212': 'minus sign of typography',
}
const ODD = /[\u00a0\u00ad\u1680\u2000-\u200b\u200e-\u2015\u2018-\u201f\u202f\u205f\u2060\u2212\u3000\ufeff\uff01-\uff5e]/
const EVERY_ODD = new RegExp(ODD, 'g')
/** At the end of a plain text these are no part of it; a text cannot be seen to have them within. */
const OUTER = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\s]+|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\s]+$/g
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g

const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/, ''],
  [/[\u2010-\u2015\u2212]/, '-'],
  [/[\u201c-\u201f]/, '"'],
  [/[\u2018-\u201b]/, "'"],
]

/** The text as a keyboard would have it: plain spaces, colons, commas, digits, dashes, quotes. */
export const typed = (text: string): string => text.replace(SEPARATOR, spaced).replace(EVERY_ODD, asTyped)

/** Colons and commas that need no space behind them where they come from. */
const SEPARATOR = /[：，] */g

const spaced = (separator: string): string => `${asTyped(separator.charAt(0))} `

const asTyped = (odd: string): string => OTHERS.find(([pattern]) => pattern.test(odd))?.[1] ?? odd.normalize('NFKC')

/** The same with one such character after the other replaced, the first alone first: not all of them need be wrong. */
export const typedInSteps = (text: string): string[] => {
  const places = [...text.matchAll(EVERY_ODD)].map(({ index }) => index)
  const alone = places.map(
    (at) => text.slice(0, at) + typed(text.slice(at, at + 1 + spaceAt(text, at + 1))) + text.slice(at + 1 + spaceAt(text, at + 1)),
  )
  return places.length === 0 ? [] : [...new Set([...alone, typed(text)])]
}

const spaceAt = (text: string, at: number): number => /^ */.exec(text.slice(at))?.[0].length ?? 0

/** A plain text without the spaces around it that are none of YAML's, and without what cannot be seen in it. */
export const visible = (text: string): string => text.replace(INVISIBLE, '').replace(OUTER, '')

/** Where the first such character is, or -1. */
export const oddAt = (text: string): number => text.search(ODD)

/** `a non-breaking space (U+00A0)` */
export const nameOf = (character: string): string => {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  const name =
    NAMES[character] ?? (/[\uff01-\uff5e]/.test(character) ? `full-width ${asTyped(character)}` : 'character that looks like another')
  return `a ${name} (${code})`
}
