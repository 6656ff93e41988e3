import { closest, distance } from 'fastest-levenshtein'

const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The known word that somebody meant who typed `word`: the same but for case and punctuation, or off by one letter of three, two of four, three of nine. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const same = known.find((other) => bare(other) === bare(word))
  if (same !== undefined || known.length === 0) return same
  const near = closest(bare(word), known.map(bare))
  const { length } = bare(word)
  const allowed = length < 2 ? 0 : length < 4 ? 1 : length < 9 ? 2 : 3
  return distance(bare(word), near) <= allowed ? known.find((other) => bare(other) === near) : undefined
}

/** `Did you mean "units"? ` or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known)
  return near === undefined ? '' : `Did you mean "${near}"? `
}
