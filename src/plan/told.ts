import type { Problem } from '../problem.ts'

/** A problem of a cell's spec, at a path in it. */
export type Told = Omit<Problem, 'place'> & { at: readonly (string | number)[] }
