import type { Part } from './dataset.ts'

/** What parts of a data set are called. */
const WORDS: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  validate: 'validation',
  dev: 'validation',
  development: 'validation',
  eval: 'validation',
  evaluation: 'validation',
  test: 'test',
  testing: 'test',
  tst: 'test',
}

/** FER2013's two test sets: by its authors the public one was for choosing, the private one for judging. */
const JOINED: Readonly<Record<string, Part>> = { publictest: 'validation', privatetest: 'test' }

/** Words beside that of the part, which say nothing. */
const FILLERS = ['set', 'data', 'dataset', 'images', 'image', 'img', 'imgs', 'split', 'folder', 'faces', 'the']

/**
 * What a name says of the part that it means: `train`, `Training`, `training_set`, `FER2013Train`, `PublicTest`, `raf-db.test`.
 * @returns the part and the rest of the name, in small letters; null where the name means none
 */
export const partOfName = (name: string): { part: Part; rest: string } | null => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)|(\d)([A-Za-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLERS.includes(word))
  const pairs = words.slice(1).map((word, at) => `${words[at]}${word}`)
  const joined = pairs.findIndex((pair) => pair in JOINED)
  if (joined >= 0)
    return { part: JOINED[pairs[joined] as string] as Part, rest: words.filter((_, at) => at !== joined && at !== joined + 1).join(' ') }
  const whole = words.findIndex((word) => word in JOINED)
  if (whole >= 0) return { part: JOINED[words[whole] as string] as Part, rest: words.filter((_, at) => at !== whole).join(' ') }
  const first = WORDS[words[0] ?? '']
  if (first) return { part: first, rest: words.slice(1).join(' ') }
  const last = WORDS[words.at(-1) ?? '']
  return last ? { part: last, rest: words.slice(0, -1).join(' ') } : null
}

/**
 * Which of some names are parts of a data set and not its classes: those that have nothing but a part's word, or the same other words as
 * the rest (`FER2013Train`, `FER2013Test`), where at least two parts are named, one for training.
 */
export const partsAmong = (names: readonly string[]): string[] => {
  const found = names.flatMap((name) => {
    const meant = partOfName(name)
    return meant ? [{ name, ...meant }] : []
  })
  const rests = new Set(found.map(({ rest }) => rest))
  return [...rests].flatMap((rest) => {
    const group = found.filter((one) => one.rest === rest)
    const parts = new Set(group.map(({ part }) => part))
    return parts.size > 1 && parts.has('train') ? group.map(({ name }) => name) : []
  })
}
