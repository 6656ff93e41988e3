import type { Matrix, Tile } from './tiles.ts'

/** The three transforms of whole images of one size, each a matrix of `rows` × `columns`, row-major. */
export type Transforms = {
  /** [points · tiles, height · width]: pixels to points. */
  inputs: DenseMatrix
  /** [points, 9] */
  filter: DenseMatrix
  /** [height · width, points · tiles]: products to pixels. */
  outputs: DenseMatrix
  points: number
  tiles: number
}
export type DenseMatrix = { rows: number; columns: number; values: Float32Array }

/** Tiles that cover an axis. */
export const tilesOf = (extent: number, { m }: Tile): number => Math.ceil(extent / m)

/** Transforms of a 3×3 convolution, stride 1, `same`, of images of height × width, as matrices over all pixels of an image at once. */
export const transformsOf = (tile: Tile, [height, width]: readonly [number, number]): Transforms => {
  const [down, right] = [
    { tile, extent: height },
    { tile, extent: width },
  ]
  const [points, tiles, pixels] = [(tile.m + 2) ** 2, tilesOf(height, tile) * tilesOf(width, tile), height * width]
  const [input, output] = [both(inputAt, down, right), both(outputAt, down, right)]
  const filter = (point: number, tap: number) =>
    entry(tile.filter, Math.floor(point / (tile.m + 2)), Math.floor(tap / 3)) * entry(tile.filter, point % (tile.m + 2), tap % 3)
  return {
    inputs: dense(points * tiles, pixels, input),
    filter: dense(points, 9, filter),
    outputs: dense(pixels, points * tiles, (pixel, transformed) => output(transformed, pixel)),
    points,
    tiles,
  }
}

/** Rows and columns of an image are transformed alike, so an entry is a product of two; numbered [point, point, tile, tile] and [row, column]. */
const both =
  (of: typeof inputAt, height: Axis, width: Axis) =>
  (transformed: number, pixel: number): number => {
    const [down, right, size] = [tilesOf(height.extent, height.tile), tilesOf(width.extent, width.tile), width.tile.m + 2]
    const [point, tile] = [Math.floor(transformed / (down * right)), transformed % (down * right)]
    const rows = { point: Math.floor(point / size), index: Math.floor(tile / right), at: Math.floor(pixel / width.extent) }
    const columns = { point: point % size, index: tile % right, at: pixel % width.extent }
    return of(height, rows) * of(width, columns)
  }

type Axis = { tile: Tile; extent: number }

/** What pixel `at` of an axis adds to point `point` of tile `index`: a tile begins one pixel before its outputs, for `same` padding. */
const inputAt = ({ tile }: Axis, { point, index, at }: { point: number; index: number; at: number }): number =>
  entry(tile.inputs, point, at - index * tile.m + 1)

const entry = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? 0

/** What point `point` of tile `index` adds to output pixel `at`. */
const outputAt = ({ tile }: Axis, { point, index, at }: { point: number; index: number; at: number }): number =>
  entry(tile.outputs, at - index * tile.m, point)

const dense = (rows: number, columns: number, at: (row: number, column: number) => number): DenseMatrix => ({
  rows,
  columns,
  values: Float32Array.from({ length: rows * columns }, (_, index) => at(Math.floor(index / columns), index % columns)),
})
