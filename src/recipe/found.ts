import type { Fix, Problem } from '../problem.ts'
import { type Origin, placeOf } from './source_file.ts'

/** A problem with its origin, which is only turned into line and column when it is shown. */
export type Found = Omit<Problem, 'place' | 'severity' | 'fixes'> & {
  fixes?: readonly Rewrite[]
  severity?: Problem['severity']
  origin: Origin
  /** It may only follow from something else that is wrong: then it is not reported. */
  isDoubtful?: true
}

/** What is written, and what to write instead. */
export type Rewrite = { at: Origin; text: string }

/** Takes a problem and goes on. */
export type Report = (problem: Found) => void

/** What was made, and all that is wrong with it; `value` is missing where nothing could be made. */
export type Checked<T> = { value?: T; found: readonly Found[] }

/** In the order of files and places, each once: a value that is shared by many cells is wrong once, though the messages may differ. */
export const problemsOf = (found: readonly Found[]): Problem[] => {
  const once = new Map<string, Found>()
  const isWrong = found.some(({ severity, isDoubtful }) => severity !== 'warning' && !isDoubtful)
  for (const problem of found.filter(({ isDoubtful }) => !isDoubtful || !isWrong)) {
    const key = JSON.stringify([problem.code, problem.origin.file.name, problem.origin.start])
    if (!once.has(key)) once.set(key, problem)
  }
  return [...once.values()]
    .sort((a, b) => compare(a.origin.file.name, b.origin.file.name) || a.origin.start - b.origin.start)
    .map(({ origin, code, message, hint, severity, fixes }) => ({
      code,
      severity: severity ?? 'error',
      message,
      place: placeOf(origin),
      ...(hint === undefined ? {} : { hint }),
      ...(fixes === undefined ? {} : { fixes: fixes.map(fixOf) }),
    }))
}

/** An edit as others see it. */
export const fixOf = ({ at: { file, start, end }, text }: Rewrite): Fix => ({ file: file.name, start, end, text })

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
