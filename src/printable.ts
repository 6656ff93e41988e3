/** Control characters (C0, DEL, C1), what turns the direction of writing, and what ends lines: a terminal would obey them. */
const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu

const OF_C0 = 0x2400
const OF_DELETE = '\u2421'
const OTHER = '\ufffd'

/**
 * Text of anybody (file names, recipes, data) as it may be written to a terminal: each character that a terminal would obey becomes a sign for
 * it, as wide as one letter. Line ends and tabs stay.
 */
export const printable = (text: string): string => text.replace(OBEYED, (one) => (one === '\n' || one === '\t' ? one : shown(one)))

const shown = (character: string): string => {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(OF_C0 + code)
  return code === 0x7f ? OF_DELETE : OTHER
}

/** The same, on one line. */
export const printableLine = (text: string): string => text.replace(OBEYED, (one) => (one === '\t' ? one : shown(one)))

/** Whether a text has such a character. */
export const isObeyed = (text: string): boolean => text.search(OBEYED) >= 0

/** JSON, or YAML whose texts with such characters stand in double quotes: they are written as escapes, so that the values stay. */
export const withEscapes = (text: string): string =>
  text.replace(OBEYED, (one) => (one === '\n' ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`))

export const printableJson = (value: unknown): string => withEscapes(JSON.stringify(value, null, 2))
