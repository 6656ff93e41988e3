import type { CellProblem } from '../../../cell_problem.ts'
import type { Random } from '../../../random.ts'

/** Uniform from the first number to the second. */
export const between = (random: Random, [low, high]: readonly [number, number]): number => low + random.uniform() * (high - low)

/** A range that goes down. */
export const orderProblems = (key: string, range: unknown): CellProblem[] => {
  if (!Array.isArray(range) || range[0] <= range[1]) return []
  return [
    {
      code: 'transform_misfit',
      severity: 'error',
      at: [key],
      message: `${key} goes from ${range[0]} down to ${range[1]}.`,
      hint: `Write the smaller number first: ${key}: [${range[1]}, ${range[0]}].`,
    },
  ]
}
