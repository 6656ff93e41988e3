import type { Problem } from './problem.ts'

/** A problem of a cell's spec, at a path in it. */
export type CellProblem = Omit<Problem, 'place' | 'fixes'> & {
  at: readonly (string | number)[]
  /** What the value there must be, in YAML, where the hint says it. */
  write?: string
}
