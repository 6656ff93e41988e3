/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[]

/**
 * Minimal filtering F(m, 3): m outputs of a filter of 3 from m + 2 inputs with m + 2 products instead of 3m. For inputs d and a filter g,
 * the outputs Σ g[k]·d[i + k] are outputs · ((filter · g) ⊙ (inputs · d)).
 */
export type Tile = { m: number; inputs: Matrix; filter: Matrix; outputs: Matrix }

/**
 * The tiles that are used, by how many outputs they make. The smaller the points at which their polynomials are evaluated, the smaller the
 * rounding errors: 0, ±1 for m = 2, ½ as well for 3, and 2 and −½ for 4.
 * Source: S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin & S. Gray, Fast Algorithms for Convolutional Neural Networks,
 * CVPR 2016, section 4.1 and 4.3.
 */
export const TILES: readonly Tile[] = [
  {
    m: 2,
    inputs: [
      [1, 0, -1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, -1, 0, 1],
    ],
    filter: [
      [1, 0, 0],
      [1 / 2, 1 / 2, 1 / 2],
      [1 / 2, -1 / 2, 1 / 2],
      [0, 0, 1],
    ],
    outputs: [
      [1, 1, 1, 0],
      [0, 1, -1, 1],
    ],
  },
  {
    m: 3,
    inputs: [
      [1, -2, -1, 2, 0],
      [0, -1, 1, 2, 0],
      [0, -1, 3, -2, 0],
      [0, 8, 0, -8, 0],
      [0, 1, -2, -1, 2],
    ],
    filter: [
      [1, 0, 0],
      [1 / 2, 1 / 2, 1 / 2],
      [1 / 6, -1 / 6, 1 / 6],
      [1 / 3, 1 / 6, 1 / 12],
      [0, 0, 1 / 2],
    ],
    outputs: [
      [1, 1, 1, 1, 0],
      [0, 1, -1, 1 / 2, 0],
      [0, 1, 1, 1 / 4, 1],
    ],
  },
  {
    m: 4,
    inputs: [
      [2, 3, -4, -3, 2, 0],
      [0, 2, 5, 1, -2, 0],
      [0, 2, 1, -5, 2, 0],
      [0, -1, -2, 1, 2, 0],
      [0, -32, 16, 32, -16, 0],
      [0, 2, 3, -4, -3, 2],
    ],
    filter: [
      [1 / 2, 0, 0],
      [1 / 6, 1 / 6, 1 / 6],
      [1 / 6, -1 / 6, 1 / 6],
      [1 / 30, 1 / 15, 2 / 15],
      [1 / 15, -1 / 30, 1 / 60],
      [0, 0, 1 / 2],
    ],
    outputs: [
      [1, 1, 1, 1, 1, 0],
      [0, 1, -1, 2, -1 / 2, 0],
      [0, 1, 1, 4, 1 / 4, 0],
      [0, 1, -1, 8, -1 / 8, 1],
    ],
  },
]
